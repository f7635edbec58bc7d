package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.computronium.cli.home.Setting;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The configuration of a node. */
@Command(
        name = "config",
        description = "Check and show a node's configuration.",
        footerHeading = "%nExample:%n",
        footer = "  cptm config show",
        subcommands = {ConfigCommand.Show.class, ConfigCommand.Validate.class})
final class ConfigCommand {

    @Command(
            name = "show",
            description = "Show every setting in force, and where it comes from.",
            footerHeading = "%nExample:%n",
            footer = "  cptm config show --home /var/lib/cptm")
    static final class Show implements ConfiguredVerb {
        @Mixin private HomeOption home = new HomeOption();
        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Outcome run(Context context) {
            var shell = context.shell();
            var settings = home.home(shell).settings(SettingFlags.given(spec), shell.variables());
            var data = JsonNodeFactory.instance.objectNode();
            var object = data.putObject("settings");
            var rows = new ArrayList<List<String>>();
            for (var setting : Setting.values()) {
                var value = settings.value(setting);
                var source = value.source().name().toLowerCase(Locale.ROOT);
                object.putObject(setting.key()).put("value", value.text()).put("source", source);
                rows.add(List.of(setting.key(), value.text(), source, setting.variable()));
            }
            var sheet = new Sheet().table(List.of("key", "value", "from", "variable"), rows);
            return new Outcome.Done(Report.offline(data, sheet));
        }
    }

    @Command(
            name = "validate",
            description = "Check a node's configuration, genesis document and keys.",
            footerHeading = "%nExample:%n",
            footer = "  cptm config validate --home /var/lib/cptm")
    static final class Validate implements ConfiguredVerb {
        @Mixin private HomeOption home = new HomeOption();
        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Outcome run(Context context) {
            var shell = context.shell();
            var node = home.home(shell);
            node.settings(SettingFlags.given(spec), shell.variables());
            var genesis = node.genesis();
            var validator = node.validatorKey().publicKey();
            var data =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("valid", true)
                            .put("chainId", genesis.chainId())
                            .put("nodeId", node.nodeId().toHex())
                            .put("validator", validator.toHex());
            return new Outcome.Done(
                    Report.offline(data, Sheet.of("valid: a node of " + genesis.chainId())));
        }
    }
}
