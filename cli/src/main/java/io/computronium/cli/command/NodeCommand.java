package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.computronium.cli.home.GenesisFile;
import io.computronium.cli.home.NodeHome;
import io.computronium.cli.home.NodeLauncher.Occasion;
import io.computronium.cli.home.NodeLauncher.RunningNode;
import io.computronium.cli.home.Setting;
import io.computronium.cli.json.Fields;
import io.computronium.cli.rpc.ChainClient.Chain;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.cli.shell.Shell;
import io.computronium.genesis.NetworkPreset;
import io.computronium.primitives.crypto.KeyPair;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One node: made, run, asked. */
@Command(
        name = "node",
        description = "Make, run and inspect a node.",
        footerHeading = "%nExample:%n",
        footer = "  cptm node start",
        subcommands = {NodeCommand.Init.class, NodeCommand.Start.class, NodeCommand.Status.class})
final class NodeCommand {

    @Command(
            name = "init",
            description = "Make the folder of a new node, with new keys.",
            footerHeading = "%nExample:%n",
            footer = "  cptm node init --network testnet --genesis genesis.json")
    static final class Init implements Verb {
        @Mixin private HomeOption home = new HomeOption();

        @Option(
                names = "--network",
                required = true,
                paramLabel = "devnet|testnet|mainnet",
                converter = GenesisCommand.PresetConverter.class,
                description = "Which network it joins; the genesis document must be of that kind.")
        private NetworkPreset preset = NetworkPreset.TESTNET;

        @Option(
                names = "--genesis",
                required = true,
                paramLabel = "FILE",
                description = "The network's genesis document.")
        private Path genesis = Path.of("genesis.json");

        @Option(
                names = "--name",
                defaultValue = "node",
                paramLabel = "NAME",
                description = "Shown in logs and to peers.")
        private String name = "node";

        @Override
        public Outcome run(Context context) {
            var document = GenesisFile.read(genesis);
            if (document.network() != preset.network() || document.dev() != preset.dev()) {
                throw new Failure(
                        ErrorCode.GENESIS,
                        genesis + " is not of the kind of network that --network names",
                        "compare with cptm genesis show " + genesis);
            }
            if (!Setting.NAME.admits(name)) {
                throw new Failure(
                        ErrorCode.USAGE,
                        "'" + name + "' cannot be the name of a node",
                        "use 1 to 32 letters, digits, -, _ and .");
            }
            Map<Setting, String> values = new EnumMap<>(Setting.class);
            values.put(Setting.NAME, name);
            var node = home.home(context.shell());
            var validator = KeyPair.generate(context.random());
            node.create(document, KeyPair.generate(context.random()), validator, values);
            var data =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("home", node.folder().toString())
                            .put("chainId", document.chainId())
                            .put("nodeId", node.nodeId().toHex())
                            .put("validator", validator.publicKey().toHex());
            var sheet =
                    Sheet.of("a node of " + document.chainId() + " in " + node.folder())
                            .row("node id", node.nodeId().toHex())
                            .row("validator", validator.publicKey().toHex());
            return new Outcome.Done(
                    Report.offline(data, sheet)
                            .warning("keys are not encrypted; keep the folder private"));
        }
    }

    @Command(
            name = "start",
            description = "Run a node until it is told to stop.",
            footerHeading = "%nExample:%n",
            footer = "  cptm node start --home /var/lib/cptm")
    static final class Start implements ConfiguredVerb {
        private static final long POLL_MILLIS = 500;

        @Mixin private HomeOption home = new HomeOption();
        @Spec private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--sign-from-height",
                paramLabel = "HEIGHT",
                description = {
                    "For a validator whose signer file is lost: the first height to sign.",
                    "Choose one that it has certainly not signed, or it may be slashed."
                })
        private @Nullable Long signFromHeight;

        @Option(
                names = "--parent",
                hidden = true,
                paramLabel = "PID",
                description = "Stop when this process is gone.")
        private @Nullable Long parent;

        @Override
        public Outcome run(Context context) {
            var shell = context.shell();
            var folder = home.home(shell);
            var settings = folder.settings(SettingFlags.given(spec), shell.variables());
            stopWithParent(shell);
            var node = context.launcher().start(folder, settings, occasion());
            var chainId = folder.genesis().chainId();
            var name = settings.text(Setting.NAME);
            var data =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("name", name)
                            .put("chainId", chainId)
                            .put("nodeId", folder.nodeId().toHex())
                            .put("rpc", text(node.rpcAddress()))
                            .put("p2p", text(node.p2pAddress()));
            var sheet =
                    Sheet.of(name + " runs on " + chainId)
                            .row("json-rpc", "http://" + text(node.rpcAddress()))
                            .row("p2p", text(node.p2pAddress()))
                            .row("log", folder.log().toString());
            return new Outcome.Running(
                    Report.offline(data, sheet), () -> keep(shell, folder, node));
        }

        private Occasion occasion() {
            return new Occasion(
                    true,
                    signFromHeight == null
                            ? OptionalLong.empty()
                            : OptionalLong.of(signFromHeight));
        }

        private static void keep(Shell shell, NodeHome folder, RunningNode node)
                throws InterruptedException {
            try (node) {
                while (!shell.stop().await(POLL_MILLIS)) {
                    if (!node.isRunning()) {
                        throw new Failure(
                                ErrorCode.NODE_STOPPED,
                                "the node stopped by itself",
                                "its last words are in " + folder.log());
                    }
                }
            }
        }

        /** A child must not outlive its supervisor, even one that was killed. */
        private void stopWithParent(Shell shell) {
            if (parent == null) {
                return;
            }
            var supervisor = ProcessHandle.of(parent);
            if (supervisor.isPresent()) {
                var _ = supervisor.get().onExit().thenRun(shell.stop()::request);
            } else {
                shell.stop().request();
            }
        }

        private static String text(InetSocketAddress address) {
            return address.getHostString() + ":" + address.getPort();
        }
    }

    @Command(
            name = "status",
            description = "Show how a running node is.",
            footerHeading = "%nExample:%n",
            footer = "  cptm node status --rpc-url http://127.0.0.1:7301")
    static final class Status implements Verb {
        @Mixin private ChainOptions options = new ChainOptions();

        @Override
        public Outcome run(Context context) {
            try (var client = options.connect(context.shell())) {
                var chain = client.chain();
                var answers = client.all("node_status", "net_peers");
                return client.read(
                        answers.get(0).node(), status -> report(chain, status, answers.get(1)));
            }
        }

        private static Outcome report(Chain chain, Fields status, Fields net) {
            var data = JsonNodeFactory.instance.objectNode();
            data.set("status", status.node());
            data.set("peers", net.node().path("peers"));
            var pool = status.at("mempool");
            var sheet =
                    new Sheet()
                            .row("chain", ChainCommand.name(chain))
                            .row("version", status.text("version"))
                            .row("height", status.text("height"))
                            .row("time", Words.time(status.amount("timeMillis")))
                            .row("caught up", status.flag("syncing") ? "no" : "yes")
                            .row("validator", validator(status))
                            .row(
                                    "pool",
                                    pool.number("transactions")
                                            + " transactions, "
                                            + pool.amount("bytes")
                                            + " bytes")
                            .row("verifier", status.text("signatureVerifier"));
            var peers = net.list("peers");
            if (!peers.isEmpty()) {
                sheet.table(List.of("peer", "address", "direction", "height"), rows(peers));
            }
            return new Outcome.Done(Report.of(data, sheet, chain.tip()));
        }

        private static String validator(Fields status) {
            return status.optional("validator")
                    .map(validator ->
                            (validator.flag("seated") ? "with a seat, " : "without a seat, ")
                                    + validator.text("publicKey"))
                    .orElse("no");
        }

        private static List<List<String>> rows(List<Fields> peers) {
            return peers.stream()
                    .map(peer ->
                            List.of(
                                    peer.text("nodeId"),
                                    peer.text("address"),
                                    peer.text("direction"),
                                    peer.text("height")))
                    .toList();
        }
    }
}
