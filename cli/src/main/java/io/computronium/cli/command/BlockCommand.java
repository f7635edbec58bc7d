package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.json.Fields;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Blocks. */
@Command(
        name = "block",
        description = "Look at blocks.",
        footerHeading = "%nExample:%n",
        footer = "  cptm block show latest",
        subcommands = BlockCommand.Show.class)
final class BlockCommand {

    private static final int MAX_LISTED = 20;

    @Command(
            name = "show",
            description = "Show a block, its certificate and the ids of its transactions.",
            footerHeading = "%nExample:%n",
            footer = "  cptm block show 12")
    static final class Show implements Verb {
        @Parameters(paramLabel = "HEIGHT", description = "A height from 1 on, or 'latest'.")
        private String height = "";

        @Mixin private ChainOptions options = new ChainOptions();

        @Override
        public Outcome run(Context context) {
            if (!height.equals("latest") && !height.matches("0|[1-9]\\d{0,17}")) {
                throw new Failure(
                        ErrorCode.USAGE,
                        "'" + height + "' is no height",
                        "give a number from 1 on, or 'latest'");
            }
            try (var client = options.connect(context.shell())) {
                var chain = client.chain();
                var block = client.block(height);
                var sheet = client.read(block.node(), Show::sheet);
                ObjectNode data = block.node().deepCopy();
                return new Outcome.Done(Report.of(data, sheet, chain.tip()));
            }
        }

        private static Sheet sheet(Fields block) {
            var header = block.at("header");
            var ids = block.node().path("transactions");
            var sheet =
                    new Sheet()
                            .row("height", block.text("height"))
                            .row("block id", block.text("blockId"))
                            .row("time", Words.time(header.amount("timeMillis")))
                            .row("proposer", header.text("proposer"))
                            .row("state root", header.text("stateRoot"))
                            .row("gas", header.text("gasUsed") + " of " + header.text("gasLimit"))
                            .row("transactions", Integer.toString(ids.size()));
            block.optional("certificate")
                    .ifPresent(certificate ->
                            sheet.row(
                                    "certificate",
                                    "round "
                                            + certificate.number("round")
                                            + ", signed by "
                                            + certificate.node().path("signers").size()));
            for (int i = 0; i < Math.min(ids.size(), MAX_LISTED); i++) {
                sheet.line("  " + ids.path(i).asText());
            }
            if (ids.size() > MAX_LISTED) {
                sheet.line("  … and " + (ids.size() - MAX_LISTED) + " more; --json has all");
            }
            return sheet;
        }
    }
}
