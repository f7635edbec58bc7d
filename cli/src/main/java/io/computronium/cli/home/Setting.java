package io.computronium.cli.home;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything that can be configured of a node. Values are texts, whatever source they come from.
 */
public enum Setting {
    NAME("name", Kind.TEXT, "node", "shown in logs and to peers"),
    RPC_HOST("rpc.host", Kind.HOST, "127.0.0.1", "address that JSON-RPC listens on"),
    RPC_PORT("rpc.port", Kind.PORT, "7300", "port of JSON-RPC"),
    P2P_HOST("p2p.host", Kind.HOST, "0.0.0.0", "address that peers connect to"),
    P2P_PORT("p2p.port", Kind.PORT, "7400", "port that peers connect to"),
    P2P_PEERS("p2p.peers", Kind.PEERS, "", "peers to connect to, as <node id>@<host>:<port>"),
    VALIDATOR("validator.enabled", Kind.FLAG, "true", "vote if the key has a seat"),
    LOG_LEVEL("log.level", Kind.LEVEL, "info", "error, warn, info, debug or trace");

    /** The most peers that may be listed. */
    static final int MAX_PEERS = 128;

    private final String key;
    private final Kind kind;
    private final String defaultText;
    private final String description;

    Setting(String key, Kind kind, String defaultText, String description) {
        this.key = key;
        this.kind = kind;
        this.defaultText = defaultText;
        this.description = description;
    }

    /** What a value may be. In TOML a port is an integer, a flag a boolean, peers an array. */
    enum Kind {
        TEXT("1 to 32 letters, digits, -, _ and ."),
        HOST("a host name or address"),
        PORT("a port of 0 to 65535"),
        FLAG("true or false"),
        PEERS("up to 128 peers, <node id in hex>@<host>:<port> each"),
        LEVEL("error, warn, info, debug or trace");

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,32}");
        private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9.:-]{1,253}");
        private static final Pattern PORT_NUMBER = Pattern.compile("\\d{1,5}");
        private static final List<String> LEVELS =
                List.of("error", "warn", "info", "debug", "trace");

        private final String expectation;

        Kind(String expectation) {
            this.expectation = expectation;
        }

        private boolean admits(String text) {
            return switch (this) {
                case TEXT -> NAME.matcher(text).matches();
                case HOST -> isHost(text);
                case PORT -> isPort(text);
                case FLAG -> text.equals("true") || text.equals("false");
                case PEERS -> arePeers(text);
                case LEVEL -> LEVELS.contains(text);
            };
        }

        private static boolean isHost(String text) {
            return HOST_NAME.matcher(text).matches();
        }

        private static boolean isPort(String text) {
            return PORT_NUMBER.matcher(text).matches() && Integer.parseInt(text) <= 65_535;
        }

        private static boolean arePeers(String text) {
            var peers = Setting.list(text);
            return peers.size() <= MAX_PEERS && peers.stream().allMatch(Kind::isPeer);
        }

        private static boolean isPeer(String text) {
            int at = text.indexOf('@');
            int colon = text.lastIndexOf(':');
            if (at < 0 || colon < at) {
                return false;
            }
            try {
                NodeId.ofHex(text.substring(0, at));
            } catch (MalformedDataException e) {
                return false;
            }
            return isHost(text.substring(at + 1, colon)) && isPort(text.substring(colon + 1));
        }
    }

    /** The setting of a key in {@code node.toml}. */
    static Optional<Setting> ofKey(String key) {
        for (var setting : values()) {
            if (setting.key.equals(key)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    /** The items of a list, which commas separate in text. */
    static List<String> list(String text) {
        return text.isBlank()
                ? List.of()
                : Pattern.compile(",").splitAsStream(text).map(String::strip).toList();
    }

    /** The key in {@code node.toml}, with a dot after the table. */
    public String key() {
        return key;
    }

    /** The environment variable. */
    public String variable() {
        return "CPTM_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The flag of {@code node start}. */
    public String flag() {
        return "--" + key.replace('.', '-');
    }

    public String description() {
        return description;
    }

    public String defaultText() {
        return defaultText;
    }

    Kind kind() {
        return kind;
    }

    /** Whether {@code text} can be a value. */
    public boolean admits(String text) {
        return kind.admits(text);
    }

    /** What is expected instead, if {@code text} cannot be a value. */
    Optional<String> fault(String text) {
        return kind.admits(text) ? Optional.empty() : Optional.of(kind.expectation);
    }

    /** How the value {@code text} is written in TOML. */
    String toml(String text) {
        return switch (kind) {
            case PORT, FLAG -> text;
            case TEXT, HOST, LEVEL -> '"' + text + '"';
            case PEERS -> {
                var items = list(text).stream().map(item -> "\n    \"" + item + "\",").toList();
                yield items.isEmpty() ? "[]" : "[" + String.join("", items) + "\n]";
            }
        };
    }
}
