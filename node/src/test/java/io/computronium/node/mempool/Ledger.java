package io.computronium.node.mempool;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.AccountState.SequenceCheck;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionFault;
import io.computronium.vm.AccountView;
import io.computronium.vm.FeeMarket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A chain of accounts, as much of it as a pool sees, and the rules of inclusion. */
final class Ledger {

    private final Map<Principal, AccountState> accounts = new HashMap<>();
    private long height;
    private long baseFee = 1;

    void balance(int account, long grains) {
        accounts.merge(
                Draft.account(account),
                new AccountState(grains, 0, List.of(), false),
                (old, fresh) -> old.withBalance(fresh.balance()));
    }

    void baseFee(long grains) {
        baseFee = grains;
    }

    /** Uses the sequences and takes the highest fees. */
    Head commit(List<Transaction> block) {
        height++;
        for (Transaction transaction : block) {
            var body = transaction.body();
            accounts.compute(
                    body.sender(),
                    (_, state) ->
                            (state == null ? AccountState.EMPTY : state)
                                    .use(body.lane(), body.sequence()));
            accounts.computeIfPresent(
                    body.feePayer(),
                    (_, state) -> state.withBalance(state.balance() - FeeMarket.maximumFee(body)));
        }
        return head();
    }

    /** The present state, which later commits do not change. */
    Head head() {
        var snapshot = Map.copyOf(accounts);
        long atHeight = height;
        long atBaseFee = baseFee;
        return new Head() {
            @Override
            public long height() {
                return atHeight;
            }

            @Override
            public long baseFee() {
                return atBaseFee;
            }

            @Override
            public AccountState account(Principal principal) {
                return snapshot.getOrDefault(principal, AccountState.EMPTY);
            }

            @Override
            public Optional<Bytes> record(Bytes key) {
                return Optional.empty();
            }
        };
    }

    /** The chain's rules, in small. */
    static Optional<TxAdmission.Refused> rules(
            Transaction transaction, long height, long baseFee, AccountView accounts) {
        var body = transaction.body();
        if (body.validUntil() < height) {
            return refused(TransactionFault.EXPIRED);
        }
        var check = accounts.account(body.sender()).check(body.lane(), body.sequence());
        if (check != SequenceCheck.FREE) {
            return refused(
                    check == SequenceCheck.USED
                            ? TransactionFault.SEQUENCE_USED
                            : TransactionFault.SEQUENCE_AHEAD);
        }
        if (body.maxFeePerKilogas() < baseFee) {
            return refused(TransactionFault.FEE_TOO_LOW);
        }
        return Optional.empty();
    }

    private static Optional<TxAdmission.Refused> refused(TransactionFault fault) {
        return Optional.of(new TxAdmission.Refused(fault, ""));
    }
}
