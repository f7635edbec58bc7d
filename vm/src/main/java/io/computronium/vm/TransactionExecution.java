package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import java.util.ArrayList;
import java.util.List;

/**
 * The run of one transaction that may be included.
 *
 * <p>The payer first puts the whole gas limit at its price aside, so that no call can spend the
 * fee; what was not used comes back at the end. Sequence and fee stay whatever happens; everything
 * else is undone unless all calls answer well and all post-conditions hold.
 */
final class TransactionExecution {

    private final Rules rules;
    private final CoinContract coin;
    private final Ledger ledger;
    private final TransactionBody body;
    private final long intrinsicGas;
    private final long price;
    private final GasMeter gas;
    private final Movements movements;
    private final List<Bytes> results = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    TransactionExecution(
            Rules rules, CoinContract coin, Ledger ledger, Transaction transaction, long baseFee) {
        this.rules = rules;
        this.coin = coin;
        this.ledger = ledger;
        this.body = transaction.body();
        this.intrinsicGas = rules.gas().intrinsic(transaction);
        this.price = FeeMarket.price(body, baseFee);
        this.gas = new GasMeter(body.gasLimit());
        this.movements = new Movements(body.postConditions(), rules);
    }

    Receipt run() {
        Ledger.Account payer = ledger.account(body.feePayer());
        long reserve = FeeMarket.fee(body.gasLimit(), price);
        long openingGas = openingGas(ledger.account(body.sender()));
        ledger.debit(payer, reserve);
        use(ledger.account(body.sender()));

        int mark = ledger.mark();
        ExecutionStatus status = calls(intrinsicGas + openingGas);
        if (!(status instanceof ExecutionStatus.Succeeded)) {
            ledger.rollback(mark);
            events.clear();
        }
        long fee = FeeMarket.fee(gas.used(), price);
        ledger.credit(payer, reserve - fee);
        ledger.forget();
        return new Receipt(status, results, events, gas.used(), fee);
    }

    /** For the records that marking the sequence as used makes. */
    private long openingGas(Ledger.Account sender) {
        int lane = body.lane();
        long lanes =
                lane != 0 && sender.state().lane(lane).highest() < 0 ? rules.gas().newLane() : 0;
        return sender.isNew() ? lanes + rules.gas().newAccount() : lanes;
    }

    private void use(Ledger.Account sender) {
        ledger.put(sender, sender.state().use(body.lane(), body.sequence()));
    }

    private ExecutionStatus calls(long openingGas) {
        if (!gas.charge(openingGas)) {
            return new ExecutionStatus.KernelFailed(0, KernelFailure.OUT_OF_GAS);
        }
        List<Call> calls = body.calls();
        for (int i = 0; i < calls.size(); i++) {
            switch (call(calls.get(i))) {
                case CallOutcome.Answered answered -> {
                    results.add(answered.value());
                    if (!answered.ok()) {
                        return new ExecutionStatus.CallFailed(i);
                    }
                }
                case CallOutcome.Stopped stopped -> {
                    return new ExecutionStatus.KernelFailed(i, stopped.failure());
                }
            }
        }
        return movements.conditionsHold()
                ? new ExecutionStatus.Succeeded()
                : new ExecutionStatus.KernelFailed(calls.size() - 1, KernelFailure.POST_CONDITION);
    }

    private CallOutcome call(Call call) {
        return switch (call) {
            case Call.Transfer transfer -> transfer(transfer);
            case Call.ContractCall contractCall ->
                    throw new IllegalStateException("refused by the transaction rules");
            case Call.Deploy deploy ->
                    throw new IllegalStateException("refused by the transaction rules");
        };
    }

    private CallOutcome transfer(Call.Transfer transfer) {
        if (!gas.charge(rules.gas().transfer())) {
            return CallOutcome.OUT_OF_GAS;
        }
        Principal sender = body.sender();
        Principal recipient = rules.resolve(transfer.to());
        if (recipient.equals(sender)) {
            return CoinContract.SENDER_IS_RECIPIENT;
        }
        Ledger.Account from = ledger.account(sender);
        if (from.state().balance() < transfer.amount()) {
            return CoinContract.NOT_ENOUGH;
        }
        Ledger.Account to = ledger.account(recipient);
        if (to.isNew() && !gas.charge(rules.gas().newAccount())) {
            return CallOutcome.OUT_OF_GAS;
        }
        ledger.debit(from, transfer.amount());
        ledger.credit(to, transfer.amount());
        movements.add(sender, recipient, transfer.amount());
        events.add(coin.transferred(sender, recipient, transfer.amount(), transfer.memo()));
        return CallOutcome.OK_TRUE;
    }
}
