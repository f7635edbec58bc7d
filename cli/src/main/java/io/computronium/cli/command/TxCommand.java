package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.json.Fields;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.cli.wallet.Sender;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Coin;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.tx.Transaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Transactions: made and sent, sent only, looked up. */
@Command(
        name = "tx",
        description = "Send and look up transactions.",
        footerHeading = "%nExample:%n",
        footer = "  cptm tx send --from alice --to bob 1.5cptm",
        subcommands = {SendCommand.class, TxCommand.Show.class, TxCommand.Broadcast.class})
final class TxCommand {

    @Command(
            name = "show",
            description = "Show a transaction and its receipt.",
            footerHeading = "%nExample:%n",
            footer =
                    "  cptm tx show"
                            + " 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")
    static final class Show implements Verb {
        @Parameters(paramLabel = "HASH", description = "The transaction's id, 64 digits in hex.")
        private String id = "";

        @Mixin private ChainOptions options = new ChainOptions();

        @Override
        public Outcome run(Context context) {
            var hash = hash(id);
            try (var client = options.connect(context.shell())) {
                var chain = client.chain();
                var found = client.transaction(hash);
                var data = JsonNodeFactory.instance.objectNode();
                found.node()
                        .properties()
                        .forEach(field -> data.set(field.getKey(), field.getValue()));
                var sheet = client.read(found.node(), Show::sheet);
                return new Outcome.Done(Report.of(data, sheet, chain.tip()));
            }
        }

        private static Sheet sheet(Fields answer) {
            var sheet = new Sheet().row("id", answer.text("id"));
            answer.optional("receipt")
                    .ifPresentOrElse(
                            receipt ->
                                    sheet.row("status", receipt.text("status"))
                                            .row("height", answer.text("height"))
                                            .row("fee", Coin.format(receipt.amount("fee")))
                                            .row("gas", receipt.text("gasUsed")),
                            () -> sheet.row("status", "pending"));
            return describe(answer.at("transaction").hex("bytes"), sheet);
        }

        /** From the bytes rather than from what the node says is in them. */
        private static Sheet describe(Bytes bytes, Sheet sheet) {
            var body = TransactionCodec.TRANSACTION.decode(bytes.toArray()).body();
            sheet.row("sender", body.sender().toString())
                    .row("sequence", body.lane() + "/" + body.sequence())
                    .row("valid until", "height " + body.validUntil());
            body.calls().forEach(call -> sheet.row("call", Words.of(call)));
            if (!body.memo().isEmpty()) {
                sheet.row("memo", Words.printable(body.memo()));
            }
            return sheet;
        }
    }

    @Command(
            name = "broadcast",
            description = "Send a transaction that tx send --sign-only made.",
            footerHeading = "%nExample:%n",
            footer = "  cptm tx broadcast payment.tx")
    static final class Broadcast implements Verb {
        @Parameters(
                paramLabel = "FILE|HEX",
                description = "The signed transaction in hex, or a file that holds that.")
        private String source = "";

        @Option(
                names = "--wait",
                defaultValue = "final",
                paramLabel = "none|final",
                description = "Return when the pool has it, or when it is final (default).")
        private Confirmation.Wait wait = Confirmation.Wait.FINAL;

        @Mixin private ChainOptions options = new ChainOptions();

        @Override
        public Outcome run(Context context) {
            var transaction = transaction();
            var shell = context.shell();
            try (var client = options.connect(shell)) {
                var chain = client.chain();
                var sender = new Sender(client, chain, shell.home(), shell.clock());
                sender.submit(transaction);
                return new Confirmation(context, client, chain, sender)
                        .of(transaction, wait, about(transaction), "transaction broadcast");
            }
        }

        private Transaction transaction() {
            try {
                return TransactionCodec.TRANSACTION.decode(Bytes.ofHex(hex()).toArray());
            } catch (MalformedDataException e) {
                throw new Failure(
                        ErrorCode.TRANSACTION_MALFORMED,
                        "this is no signed transaction: " + e.getMessage(),
                        "give the hex that tx send --sign-only printed, or a file with it",
                        e);
            }
        }

        private String hex() {
            if (source.length() > 255 || source.matches("[0-9a-fA-F]{64,}")) {
                return source;
            }
            try (var in = Files.newInputStream(Path.of(source))) {
                var content = in.readNBytes(2 * Transaction.MAX_BYTES + 64);
                return new String(content, StandardCharsets.US_ASCII).strip();
            } catch (IOException | InvalidPathException e) {
                throw new Failure(
                        ErrorCode.IO,
                        "cannot read " + source + ": " + e,
                        "give a file or the transaction in hex",
                        e);
            }
        }
    }

    /** What everybody can see of a transaction's place in its account. */
    static ObjectNode about(Transaction transaction) {
        var body = transaction.body();
        return JsonNodeFactory.instance
                .objectNode()
                .put("from", body.sender().toString())
                .put("sequence", Long.toString(body.sequence()))
                .put("validUntil", Long.toString(body.validUntil()));
    }

    private static Hash hash(String text) {
        try {
            return Hash.ofHex(text);
        } catch (MalformedDataException e) {
            throw new Failure(
                    ErrorCode.USAGE,
                    "a transaction's id has 64 digits in hex: " + e.getMessage(),
                    "copy it from the output of tx send",
                    e);
        }
    }
}
