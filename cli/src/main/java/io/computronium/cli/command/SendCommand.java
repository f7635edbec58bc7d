package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.computronium.cli.command.Submission.Wish;
import io.computronium.cli.command.WriteOptions.Signers;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.wallet.Order;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Coin;
import io.computronium.primitives.tx.TransactionBody;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends coins. */
@Command(
        name = "send",
        description = "Send coins, and wait until they have arrived for good.",
        footerHeading = "%nExample:%n",
        footer = "  cptm tx send --from alice --to bob 1.5cptm")
final class SendCommand implements Verb {

    /** What a transfer that opens an account needs at most, memo included. */
    private static final long TRANSFER_GAS = 30_000;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "ACCOUNT",
            description = "Who gets them: the name of a key, or an address.")
    private String to = "";

    @Parameters(
            paramLabel = "AMOUNT",
            converter = Amount.Converter.class,
            description = "How much, with its unit: 1.5cptm or 150000000grain.")
    private Amount amount = new Amount(0);

    @Option(
            names = "--memo",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Up to 64 bytes that everybody can read.")
    private String memo = "";

    @Mixin private WriteOptions options = new WriteOptions();

    @Override
    public Outcome run(Context context) {
        return Submission.run(context, options, (_, _, signers) -> wish(signers));
    }

    private Wish wish(Signers signers) {
        var source = signers.from();
        var target = signers.wallet().principal(to);
        if (source.equals(target)) {
            throw new Failure(
                    ErrorCode.USAGE, "sender and recipient are the same account", "check --to");
        }
        var order =
                Order.transfer(
                        source,
                        target,
                        signers.feePayer(),
                        amount.grains(),
                        memoBytes(),
                        options.maxSpend());
        var about =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("to", target.toString())
                        .put("amount", Long.toString(amount.grains()));
        var sentence = Coin.format(amount.grains()) + " from " + options.from() + " to " + to;
        return new Wish(order, TRANSFER_GAS, sentence, about);
    }

    private Bytes memoBytes() {
        var bytes = Bytes.owned(memo.getBytes(StandardCharsets.UTF_8));
        if (bytes.size() > TransactionBody.MAX_MEMO_BYTES) {
            throw new Failure(
                    ErrorCode.USAGE,
                    "the memo has " + bytes.size() + " bytes, at most 64 are possible",
                    "shorten --memo");
        }
        return bytes;
    }
}
