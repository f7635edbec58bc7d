package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.vm.builtin.Account.SessionKey;
import io.computronium.vm.builtin.Coin;
import io.computronium.vm.builtin.Fungible;
import io.computronium.vm.contract.ContractFailure;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The run of one transaction that may be included.
 *
 * <p>The whole gas limit at its price is held of the payer's balance first, so that no call can
 * spend the fee. Sequence and fee stay whatever happens; everything else is undone unless all calls
 * answer well and all post-conditions hold.
 */
final class TransactionExecution {

    private final Rules rules;
    private final WorkingState state;
    private final Ledger ledger;
    private final TransactionBody body;
    private final Ledger.Account sender;
    private final Ledger.Account payer;
    private final long intrinsicGas;
    private final long price;
    private final GasMeter gas;
    private final Movements movements;
    private final Execution execution;
    private final Dispatch dispatch;
    private final @Nullable SessionMandate sendingSession;
    private final @Nullable SessionMandate payingSession;
    private final List<Bytes> results = new ArrayList<>();

    /**
     * @param index of the transaction in the block
     */
    TransactionExecution(
            Rules rules,
            BlockContext block,
            WorkingState state,
            Transaction transaction,
            int index,
            long baseFee) {
        this.rules = rules;
        this.state = state;
        this.ledger = state.accounts();
        this.body = transaction.body();
        this.sender = ledger.account(body.sender());
        this.payer = body.payer() == null ? sender : ledger.account(body.payer());
        this.intrinsicGas = rules.gas().intrinsic(transaction);
        this.price = FeeMarket.price(body, baseFee);
        this.gas = new GasMeter(body.gasLimit());
        this.movements =
                new Movements(
                        rules,
                        state.journal(),
                        body.sender(),
                        body.postConditions(),
                        body.postConditionMode());
        this.sendingSession = mandate(block, body.sender(), transaction.sender());
        this.payingSession =
                transaction.payer() == null
                        ? sendingSession
                        : mandate(block, body.feePayer(), transaction.payer());
        this.execution =
                new Execution(
                        rules,
                        block,
                        state,
                        new Execution.Origin(transaction.id(), index),
                        gas,
                        movements,
                        body.sender(),
                        sendingSession == null ? Mandate.OWNER : sendingSession,
                        new Execution.Events(state.journal()));
        this.dispatch = new Dispatch(execution);
    }

    private @Nullable SessionMandate mandate(
            BlockContext block, Principal account, @Nullable Credential credential) {
        return credential instanceof Credential.Session session
                ? new SessionMandate(
                        rules,
                        state,
                        block.height(),
                        new SessionKey(account, session.id()),
                        body.feePayer())
                : null;
    }

    Receipt run() {
        long openingGas = openingGas();
        long reserve = FeeMarket.fee(body.gasLimit(), price);
        ledger.hold(payer, reserve);
        if (payingSession != null) {
            payingSession.reserveFee(reserve);
        }
        ledger.put(sender, sender.state().use(body.lane(), body.sequence()));

        int mark = state.journal().mark();
        ExecutionStatus status = calls(intrinsicGas + openingGas);
        boolean undone = !(status instanceof ExecutionStatus.Succeeded);
        if (undone) {
            state.journal().rollback(mark);
        }
        long fee = FeeMarket.fee(gas.used(), price);
        countSpending(undone, fee);
        ledger.hold(payer, 0);
        ledger.debit(payer, fee);
        List<Event> events = execution.events().all();
        state.journal().forget();
        return new Receipt(status, results, events, gas.used(), fee);
    }

    private void countSpending(boolean undone, long fee) {
        if (sendingSession != null) {
            sendingSession.finish(undone, sendingSession == payingSession ? fee : 0);
        }
        if (payingSession != null && payingSession != sendingSession) {
            payingSession.finish(undone, fee);
        }
        if (undone) {
            return;
        }
        if (sendingSession != null) {
            sendingSession.announce(execution.events(), sendingSession == payingSession ? fee : 0);
        }
        if (payingSession != null && payingSession != sendingSession) {
            payingSession.announce(execution.events(), fee);
        }
    }

    /** For the records that marking the sequence as used makes. */
    private long openingGas() {
        int lane = body.lane();
        long lanes =
                lane != 0 && sender.state().lane(lane).highest() < 0 ? rules.gas().newLane() : 0;
        return sender.isNew() ? lanes + rules.gas().newAccount() : lanes;
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
            case Call.ContractCall contractCall -> contractCall(contractCall);
            case Call.Deploy deploy ->
                    throw new IllegalStateException("refused by the transaction rules");
        };
    }

    private CallOutcome contractCall(Call.ContractCall call) {
        try {
            return CallOutcome.of(
                    dispatch.enter(
                            body.sender(), call.contract(), call.function(), call.arguments()));
        } catch (KernelStop stop) {
            return new CallOutcome.Stopped(stop.failure());
        }
    }

    private CallOutcome transfer(Call.Transfer transfer) {
        if (!gas.charge(rules.gas().transfer())) {
            return CallOutcome.OUT_OF_GAS;
        }
        Principal from = body.sender();
        Principal to = rules.resolve(transfer.to());
        long grains = transfer.amount();
        if (to.equals(from)) {
            return CallOutcome.error(Fungible.SENDER_IS_RECIPIENT);
        }
        if (sender.spendable() < grains) {
            return CallOutcome.error(Fungible.NOT_ENOUGH);
        }
        if (sendingSession != null) {
            try {
                sendingSession.transfer(to, grains);
            } catch (ContractFailure failure) {
                return CallOutcome.of(new Value.Err(Value.UInt.of(failure.code())));
            }
        }
        Ledger.Account recipient = ledger.account(to);
        if (recipient.isNew() && !gas.charge(rules.gas().newAccount())) {
            return CallOutcome.OUT_OF_GAS;
        }
        ledger.debit(sender, grains);
        ledger.credit(recipient, grains);
        movements.addTransfer(from, to, grains);
        execution.events().add(transferred(from, to, grains, transfer.memo()));
        return CallOutcome.OK_TRUE;
    }

    private Event transferred(Principal from, Principal to, long grains, @Nullable Bytes memo) {
        EventType type = Coin.FACE.transferred();
        EventType.Content content = type.content(from, to, grains, Optional.ofNullable(memo));
        return new Event(rules.builtIn(Coin.NAME), type.name(), content.keys(), content.data());
    }
}
