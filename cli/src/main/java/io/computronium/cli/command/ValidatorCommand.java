package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.home.NodeHome;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.node.SignedMessages;
import io.computronium.node.SignedMessages.Contradiction;
import io.computronium.node.SignedMessages.Message;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A validator, as its operator sees it. */
@Command(
        name = "validator",
        description = "Look after a validator.",
        footerHeading = "%nExample:%n",
        footer = "  cptm validator signer export",
        subcommands = ValidatorCommand.Signer.class)
final class ValidatorCommand {

    @Command(
            name = "signer",
            description = "What a validator has signed.",
            footerHeading = "%nExample:%n",
            footer = "  cptm validator signer export",
            subcommands = Signer.Export.class)
    static final class Signer {

        @Command(
                name = "export",
                description = {
                    "Print what a validator signed lately, one JSON object a line.",
                    "The node may be running. Fails if two messages contradict each other."
                },
                footerHeading = "%nExample:%n",
                footer = "  cptm validator signer export --home /var/lib/cptm")
        static final class Export implements Verb {
            @Mixin private HomeOption home = new HomeOption();

            @Override
            public Outcome run(Context context) {
                var folder = home.home(context.shell());
                var signed = read(folder);
                if (!signed.contradictions().isEmpty()) {
                    throw contradicted(folder, signed);
                }
                var data = JsonNodeFactory.instance.objectNode();
                var sheet = new Sheet();
                var list = data.putArray("signed");
                for (var message : signed.messages()) {
                    var line = json(message);
                    list.add(line);
                    sheet.line(line.toString());
                }
                var report = Report.offline(data, sheet);
                return new Outcome.Done(
                        signed.lost() == 0
                                ? report
                                : report.warning(
                                        signed.lost()
                                                + " entries are damaged and cannot be shown"));
            }

            private static SignedMessages read(NodeHome folder) {
                try {
                    return SignedMessages.read(folder.data()).orElseThrow(() -> nothing(folder));
                } catch (IOException e) {
                    throw new Failure(
                            ErrorCode.IO,
                            "cannot read what the validator signed: " + e,
                            "check the owner of " + folder.data() + ", and the disk",
                            e);
                }
            }

            private static ObjectNode json(Message message) {
                var blockId = message.blockId();
                return JsonNodeFactory.instance
                        .objectNode()
                        .put("height", Long.toString(message.height()))
                        .put("round", message.round())
                        .put("step", message.step())
                        .put("blockId", blockId == null ? null : blockId.toHex())
                        .put("signBytesHash", message.signBytesHash().toHex());
            }

            private static Failure nothing(NodeHome folder) {
                return new Failure(
                        ErrorCode.HOME,
                        "no validator has run in " + folder.folder(),
                        "name the folder of one with --home");
            }

            private static Failure contradicted(NodeHome folder, SignedMessages signed) {
                return new Failure(
                                ErrorCode.DOUBLE_SIGNATURE,
                                "the validator in " + folder.folder() + " contradicted itself",
                                "stop it, keep the folder, and report this; it may be slashed")
                        .withFaults(signed.contradictions().stream().map(Export::words).toList());
            }

            private static String words(Contradiction found) {
                return json(found.first()) + " and " + json(found.second());
            }
        }
    }
}
