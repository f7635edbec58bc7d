package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.json.Fields;
import io.computronium.cli.rpc.ChainClient;
import io.computronium.cli.rpc.ChainClient.Chain;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.cli.wallet.Payment;
import io.computronium.cli.wallet.Sender;
import io.computronium.cli.wallet.Signing;
import io.computronium.cli.wallet.Wallet.Holder;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

    /** What a second signature adds. */
    private static final long PAYER_GAS = 12_000;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "ACCOUNT",
            description = "Whose coins: the name or address of a key of yours.")
    private String from = "";

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
            names = "--wait",
            defaultValue = "final",
            paramLabel = "none|final",
            description = "Return when the pool has it, or when it is final (default).")
    private Confirmation.Wait wait = Confirmation.Wait.FINAL;

    @Option(
            names = "--max-spend",
            paramLabel = "AMOUNT",
            converter = Amount.Converter.class,
            description = "Refuse if amount and fee could be more than this.")
    private @Nullable Amount maxSpend;

    @Option(
            names = "--memo",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Up to 64 bytes that everybody can read.")
    private String memo = "";

    @Option(
            names = "--fee-payer",
            paramLabel = "ACCOUNT",
            description = "Who pays the fee, if not the sender: a key of yours.")
    private @Nullable String feePayer;

    @ArgGroup private @Nullable Instead instead;

    @Mixin private PasswordOptions passwords = new PasswordOptions();
    @Mixin private ChainOptions options = new ChainOptions();

    private static final class Instead {
        @Option(
                names = "--dry-run",
                description = "Ask the node what would happen; nothing is signed or sent.")
        private boolean dryRun;

        @Option(
                names = "--sign-only",
                description = "Print the signed transaction, for tx broadcast.")
        private boolean signOnly;
    }

    /** The parties, found. */
    private record Parties(Holder sender, @Nullable Holder payer, Payment payment) {
        TransactionBody body(Chain chain, long sequence) {
            long gas = payer == null ? TRANSFER_GAS : TRANSFER_GAS + PAYER_GAS;
            return payment.body(chain, sequence, gas);
        }
    }

    @Override
    public Outcome run(Context context) {
        var shell = context.shell();
        try (var client = options.connect(shell)) {
            var chain = client.chain();
            var parties = parties(context, chain);
            var sender = new Sender(client, chain, shell.home(), shell.clock());
            if (instead != null && instead.dryRun) {
                return dryRun(client, chain, parties, sender);
            }
            // A payment that is refused here need not ask for a password first.
            parties.body(chain, 0);
            var signed = signer(context, chain, parties);
            if (instead != null && instead.signOnly) {
                return signOnly(chain, signed.apply(sender.nextSequence(parties.payment)));
            }
            var transaction = sender.send(parties.payment, signed);
            return new Confirmation(shell, client, chain, sender)
                    .of(transaction, wait, about(transaction, parties), sentence());
        }
    }

    private Parties parties(Context context, Chain chain) {
        var wallet = context.wallet(chain);
        var sender = wallet.holder(from);
        var payer = feePayer == null ? null : wallet.holder(feePayer);
        var source = Principal.of(wallet.address(sender));
        var target = wallet.principal(to);
        var fees = payer == null ? null : Principal.of(wallet.address(payer));
        if (source.equals(target)) {
            throw new Failure(
                    ErrorCode.USAGE, "sender and recipient are the same account", "check --to");
        }
        if (source.equals(fees)) {
            throw new Failure(
                    ErrorCode.USAGE,
                    "the sender pays the fee anyway",
                    "leave --fee-payer out, or name another account");
        }
        var limit = maxSpend == null ? OptionalLong.empty() : OptionalLong.of(maxSpend.grains());
        var payment = new Payment(source, target, fees, amount.grains(), memoBytes(), limit);
        return new Parties(sender, payer, payment);
    }

    private LongFunction<Transaction> signer(Context context, Chain chain, Parties parties) {
        var wallet = context.wallet(chain);
        var secrets = passwords.passwords(context.shell());
        var key = wallet.unlock(parties.sender, secrets);
        var payerKey = parties.payer == null ? null : wallet.unlock(parties.payer, secrets);
        return sequence ->
                Signing.sign(chain.identity(), parties.body(chain, sequence), key, payerKey);
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

    private String sentence() {
        return Coin.format(amount.grains()) + " from " + from + " to " + to;
    }

    private static ObjectNode about(Transaction transaction, Parties parties) {
        return TxCommand.about(transaction)
                .put("to", parties.payment.to().toString())
                .put("amount", Long.toString(parties.payment.amount()));
    }

    private static Outcome signOnly(Chain chain, Transaction transaction) {
        var hex = transaction.bytes().toHex();
        var data =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("status", "signed")
                        .put("id", transaction.id().toHex())
                        .put("transaction", hex);
        data.setAll(TxCommand.about(transaction));
        return new Outcome.Done(Report.of(data, new Sheet().line(hex), chain.tip()));
    }

    private Outcome dryRun(ChainClient client, Chain chain, Parties parties, Sender sender) {
        var body = parties.body(chain, sender.nextSequence(parties.payment));
        var payerKey = parties.payer == null ? null : parties.payer.publicKey();
        var transaction = Signing.unsigned(body, parties.sender.publicKey(), payerKey);
        var answer = client.simulate(transaction.bytes());
        return client.read(
                answer.node(),
                fields -> {
                    var receipt = fields.at("receipt");
                    var data =
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("status", "simulated")
                                    .put("maximumFee", Long.toString(Payment.maximumFee(body)));
                    data.set("receipt", receipt.node());
                    data.set("balanceChanges", fields.node().path("balanceChanges"));
                    data.setAll(about(transaction, parties));
                    var sheet =
                            Sheet.of("this would happen: " + sentence())
                                    .row("status", receipt.text("status"))
                                    .row("fee", Coin.format(receipt.amount("fee")))
                                    .row("at most", Coin.format(Payment.maximumFee(body)))
                                    .table(List.of("account", "change"), changes(fields));
                    return new Outcome.Done(Report.of(data, sheet, chain.tip()));
                });
    }

    private static List<List<String>> changes(Fields answer) {
        return answer.list("balanceChanges").stream()
                .map(change ->
                        List.of(
                                change.text("principal"),
                                Coin.format(Long.parseLong(change.text("delta")))))
                .toList();
    }
}
