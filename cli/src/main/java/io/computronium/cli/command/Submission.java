package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.command.WriteOptions.Signers;
import io.computronium.cli.json.Fields;
import io.computronium.cli.rpc.ChainClient;
import io.computronium.cli.rpc.ChainClient.Chain;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.cli.wallet.Order;
import io.computronium.cli.wallet.Sender;
import io.computronium.cli.wallet.Signing;
import io.computronium.primitives.Coin;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;

/** From what was typed to a transaction that is final, signed only, or tried only. */
final class Submission {

    /** What a second signature adds. */
    private static final long PAYER_GAS = 12_000;

    /**
     * What is wanted.
     *
     * @param gasLimit enough for the calls of the order
     * @param sentence for people
     * @param about for programs
     */
    record Wish(Order order, long gasLimit, String sentence, ObjectNode about) {
        TransactionBody body(Chain chain, long sequence) {
            long gas = order.payer() == null ? gasLimit : gasLimit + PAYER_GAS;
            return order.body(chain, sequence, gas);
        }
    }

    /** Says what is wanted, once the chain is known. */
    @FunctionalInterface
    interface Plan {
        Wish wish(ChainClient client, Chain chain, Signers signers);
    }

    private final Context context;
    private final WriteOptions options;
    private final ChainClient client;
    private final Chain chain;
    private final Sender sender;

    private Submission(Context context, WriteOptions options, ChainClient client) {
        this.context = context;
        this.options = options;
        this.client = client;
        this.chain = client.chain();
        var shell = context.shell();
        this.sender = new Sender(client, chain, shell.home(), shell.clock());
    }

    static Outcome run(Context context, WriteOptions options, Plan plan) {
        try (var client = options.chain().connect(context.shell())) {
            return new Submission(context, options, client).run(plan);
        }
    }

    private Outcome run(Plan plan) {
        var signers = options.signers(context.wallet(chain));
        var wish = plan.wish(client, chain, signers);
        if (options.dryRun()) {
            return dryRun(wish, signers);
        }
        // What is refused here need not ask for a password first.
        wish.body(chain, 0);
        var signed = signer(wish, signers);
        if (options.signOnly()) {
            return signOnly(wish, signed.apply(sender.nextSequence(wish.order)));
        }
        var transaction = sender.send(wish.order, signed);
        return new Confirmation(context, client, chain, sender)
                .of(transaction, options.waiting(), about(transaction, wish), wish.sentence);
    }

    private LongFunction<Transaction> signer(Wish wish, Signers signers) {
        var wallet = signers.wallet();
        var secrets = options.passwords().passwords(context.shell());
        var key = wallet.unlock(signers.sender(), secrets);
        var payer = signers.payer();
        var payerKey = payer == null ? null : wallet.unlock(payer, secrets);
        return sequence ->
                Signing.sign(chain.identity(), wish.body(chain, sequence), key, payerKey);
    }

    private static ObjectNode about(Transaction transaction, Wish wish) {
        return TxCommand.about(transaction).setAll(wish.about);
    }

    private Outcome signOnly(Wish wish, Transaction transaction) {
        var hex = transaction.bytes().toHex();
        var data =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("status", "signed")
                        .put("id", transaction.id().toHex())
                        .put("transaction", hex);
        data.setAll(about(transaction, wish));
        return new Outcome.Done(Report.of(data, new Sheet().line(hex), chain.tip()));
    }

    private Outcome dryRun(Wish wish, Signers signers) {
        var body = wish.body(chain, sender.nextSequence(wish.order));
        var payer = signers.payer();
        var transaction =
                Signing.unsigned(
                        body,
                        signers.sender().publicKey(),
                        payer == null ? null : payer.publicKey());
        Function<Fields, Outcome> simulated =
                answer -> {
                    var receipt = answer.at("receipt");
                    var data =
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("status", "simulated")
                                    .put("maximumFee", Long.toString(Order.maximumFee(body)));
                    data.set("receipt", receipt.node());
                    data.set("balanceChanges", answer.node().path("balanceChanges"));
                    data.setAll(about(transaction, wish));
                    var sheet =
                            Sheet.of("this would happen: " + wish.sentence)
                                    .row("status", receipt.text("status"));
                    new ReceiptAnswer(context.contracts(), body, receipt).show(sheet, data);
                    sheet.row("fee", Coin.format(receipt.amount("fee")))
                            .row("at most", Coin.format(Order.maximumFee(body)))
                            .table(List.of("account", "change"), changes(answer));
                    return new Outcome.Done(Report.of(data, sheet, chain.tip()));
                };
        return client.read(client.simulate(transaction.bytes()).node(), simulated);
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
