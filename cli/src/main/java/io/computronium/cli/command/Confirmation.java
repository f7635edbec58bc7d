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
import io.computronium.cli.wallet.Sender;
import io.computronium.primitives.Coin;
import io.computronium.primitives.tx.Transaction;
import java.util.Locale;

/** What a command says of a transaction that it handed to a node. */
final class Confirmation {

    /** What {@code --wait} waits for. */
    enum Wait {
        NONE,
        FINAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Context context;
    private final ChainClient client;
    private final Chain chain;
    private final Sender sender;

    Confirmation(Context context, ChainClient client, Chain chain, Sender sender) {
        this.context = context;
        this.client = client;
        this.chain = chain;
        this.sender = sender;
    }

    /**
     * Waits as told and reports.
     *
     * @param about what the command knows of the transaction, in data and in a sentence
     * @throws Failure if it failed or expired, or a node that we need not believe says it is final
     */
    Outcome of(Transaction transaction, Wait wait, ObjectNode about, String sentence) {
        var data = JsonNodeFactory.instance.objectNode();
        return switch (wait) {
            case NONE -> {
                data.put("status", "pending").put("id", transaction.id().toHex());
                data.setAll(about);
                var sheet =
                        Sheet.of("pending: " + sentence)
                                .row("id", transaction.id().toHex())
                                .row("expires", "after height " + transaction.body().validUntil());
                yield new Outcome.Done(Report.of(data, sheet, chain.tip()));
            }
            case FINAL -> awaited(transaction, data, about, sentence);
        };
    }

    private Outcome awaited(
            Transaction transaction, ObjectNode data, ObjectNode about, String sentence) {
        context.shell().progress("waiting for the next block …");
        var id = transaction.id();
        var status = sender.await(transaction);
        return switch (status.state()) {
            case FINAL, FAILED -> {
                var found = client.transaction(id);
                yield client.read(
                        found.node(),
                        answer -> settled(transaction, answer, data, about, sentence));
            }
            case EXPIRED, UNKNOWN, PENDING ->
                    throw new Failure(
                                    ErrorCode.TRANSACTION_EXPIRED,
                                    "the transaction expired: no block up to height "
                                            + transaction.body().validUntil()
                                            + " has it",
                                    "nothing was spent; run the command again")
                            .with("id", id.toHex());
        };
    }

    private Outcome settled(
            Transaction transaction,
            Fields answer,
            ObjectNode data,
            ObjectNode about,
            String sentence) {
        var receipt = answer.at("receipt");
        long height = answer.amount("height");
        var ended = receipt.text("status");
        data.put("status", ended.equals("succeeded") ? "final" : "failed");
        data.put("id", answer.text("id"));
        data.put("height", Long.toString(height)).put("index", answer.number("index"));
        data.put("fee", receipt.text("fee")).put("gasUsed", receipt.text("gasUsed"));
        data.setAll(about);
        var sheet = Sheet.of("final at height " + height + ": " + sentence);
        var contracts = new ReceiptAnswer(context.contracts(), transaction.body(), receipt);
        contracts.show(sheet, data);
        if (!ended.equals("succeeded")) {
            data.set("receipt", receipt.node());
            throw new Failure(
                            ErrorCode.TRANSACTION_FAILED,
                            "the transaction failed at height "
                                    + height
                                    + ": "
                                    + receipt.optionalText("failure")
                                            .or(contracts::reason)
                                            .orElse(ended),
                            advice(receipt) + "; cptm tx show " + answer.text("id"))
                    .with(data);
        }
        if (!client.isLocal()) {
            throw new Failure(
                            ErrorCode.UNVERIFIED,
                            "a node on another host says that the transaction is final at height "
                                    + height
                                    + "; nothing proves it",
                            "ask a node of your own")
                    .with(data.put("verified", false));
        }
        sheet.row("id", answer.text("id")).row("fee", Coin.format(receipt.amount("fee")));
        return new Outcome.Done(Report.of(data, sheet, chain.tipAt(height)));
    }

    private static String advice(Fields receipt) {
        var spent = "only its fee of " + Coin.format(receipt.amount("fee")) + " was spent";
        return switch (receipt.optionalText("failure").orElse("")) {
            case "post_condition" ->
                    spent
                            + "; more would have left the account than what you typed: see"
                            + " --max-spend";
            case "out_of_gas" -> spent + "; raise --gas-limit";
            default -> spent;
        };
    }
}
