package io.computronium.cli.home;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A valid value for each {@link Setting}, and where it comes from. Immutable. */
public final class Settings {

    private final Map<Setting, Value> values;

    private Settings(Map<Setting, Value> values) {
        this.values = values;
    }

    /** A value as text. */
    public record Value(String text, Source source) {}

    /** Where a value comes from, strongest first. */
    public enum Source {
        FLAG,
        VARIABLE,
        FILE,
        DEFAULT
    }

    /**
     * Lays the sources over one another.
     *
     * @param flags what the command line gave
     * @param variables the environment
     * @param toml the text of {@code node.toml}
     * @throws Failure that lists all faults of all sources
     */
    static Settings of(Map<Setting, String> flags, Map<String, String> variables, String toml) {
        var faults = new ArrayList<String>();
        var file = NodeToml.read(toml, faults);
        var values = new EnumMap<Setting, Value>(Setting.class);
        for (var setting : Setting.values()) {
            var given = variables.getOrDefault(setting.variable(), "");
            if (flags.containsKey(setting)) {
                var text = flags.getOrDefault(setting, "");
                take(setting, setting.flag(), text, Source.FLAG, values, faults);
            } else if (!given.isEmpty()) {
                take(setting, setting.variable(), given, Source.VARIABLE, values, faults);
            } else if (file.containsKey(setting)) {
                var text = file.getOrDefault(setting, "");
                values.put(setting, new Value(text, Source.FILE));
            } else {
                values.put(setting, new Value(setting.defaultText(), Source.DEFAULT));
            }
        }
        if (!faults.isEmpty()) {
            throw faulty(faults);
        }
        return new Settings(values);
    }

    private static void take(
            Setting setting,
            String name,
            String text,
            Source source,
            Map<Setting, Value> values,
            List<String> faults) {
        setting.fault(text)
                .ifPresentOrElse(
                        expected -> faults.add(name + ": " + expected + " expected"),
                        () -> values.put(setting, new Value(text, source)));
    }

    private static Failure faulty(List<String> faults) {
        return new Failure(
                        ErrorCode.CONFIG,
                        "the configuration is faulty",
                        "correct it, and check with cptm config validate")
                .withFaults(faults);
    }

    public Value value(Setting setting) {
        var value = values.get(setting);
        return value == null ? new Value(setting.defaultText(), Source.DEFAULT) : value;
    }

    public String text(Setting setting) {
        return value(setting).text();
    }

    public boolean flag(Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    public List<String> list(Setting setting) {
        return Setting.list(text(setting));
    }

    /** The socket address that a host and a port make; the host is resolved. */
    public InetSocketAddress address(Setting host, Setting port) {
        return new InetSocketAddress(text(host), Integer.parseInt(text(port)));
    }
}
