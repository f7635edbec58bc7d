package io.computronium.cli.command;

import io.computronium.cli.home.Setting;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A flag for each setting of a node, from the table of settings. */
final class SettingFlags {

    private SettingFlags() {}

    static void addTo(CommandSpec command) {
        for (var setting : Setting.values()) {
            command.addOption(
                    OptionSpec.builder(setting.flag())
                            .paramLabel("VALUE")
                            .type(String.class)
                            .description(
                                    setting.description()
                                            + ". Default: "
                                            + setting.variable()
                                            + ", else "
                                            + setting.key()
                                            + " in node.toml")
                            .build());
        }
    }

    /** What the command line gave. */
    static Map<Setting, String> given(CommandSpec command) {
        var parsed = command.commandLine().getParseResult();
        var values = new EnumMap<Setting, String>(Setting.class);
        for (var setting : Setting.values()) {
            if (parsed.hasMatchedOption(setting.flag())) {
                values.put(setting, parsed.matchedOptionValue(setting.flag(), ""));
            }
        }
        return values;
    }
}
