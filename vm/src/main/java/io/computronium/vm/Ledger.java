package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Invariants;
import io.computronium.primitives.Principal;
import io.computronium.primitives.codec.StateCodec;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.StateKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The accounts that a block touches, decoded, over the state before it. Each is read once and
 * encoded once.
 */
final class Ledger {

    /** An account's place in the block; it changes through methods of the ledger only. */
    static final class Account {
        private final Bytes key;
        private final AccountState before;
        private AccountState now;
        private long held;

        private Account(Bytes key, AccountState before) {
            this.key = key;
            this.before = before;
            this.now = before;
        }

        AccountState state() {
            return now;
        }

        /** What calls may take: the balance without what is held for the fee. */
        long spendable() {
            return now.balance() - held;
        }

        boolean isNew() {
            return now.equals(AccountState.EMPTY);
        }
    }

    private record Change(Account account, AccountState previous) implements Journal.Undo {
        @Override
        public void undo() {
            account.now = previous;
        }
    }

    private final StateReader state;
    private final Map<Principal, Account> accounts = new LinkedHashMap<>();
    private final Journal journal;

    Ledger(StateReader state, Journal journal) {
        this.state = state;
        this.journal = journal;
    }

    Account account(Principal principal) {
        Account known = accounts.get(principal);
        if (known != null) {
            return known;
        }
        Bytes key = StateKey.account(principal);
        var account = new Account(key, read(key));
        accounts.put(principal, account);
        return account;
    }

    private AccountState read(Bytes key) {
        return state.get(key)
                .map(bytes -> StateCodec.ACCOUNT.decode(bytes.toArray()))
                .orElse(AccountState.EMPTY);
    }

    void put(Account account, AccountState next) {
        journal.add(new Change(account, account.now));
        account.now = next;
    }

    /** Keeps {@code grains} of the balance from being spent, in place of what was held before. */
    void hold(Account account, long grains) {
        account.held = grains;
    }

    void credit(Account account, long grains) {
        put(account, account.now.withBalance(account.now.balance() + grains));
    }

    /** Takes at most what is spendable. */
    void debit(Account account, long grains) {
        Invariants.check(grains <= account.spendable(), "nobody spends more than there is");
        put(account, account.now.withBalance(account.now.balance() - grains));
    }

    /** By how much all balances together changed. */
    long balanceDelta() {
        long delta = 0;
        for (Account account : accounts.values()) {
            delta += account.now.balance() - account.before.balance();
        }
        return delta;
    }

    /** Whose records differ from the state before, in their order. */
    List<Principal> changed() {
        return accounts.entrySet().stream()
                .filter(entry -> !entry.getValue().now.equals(entry.getValue().before))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Adds the records that differ from the state before. */
    void writeTo(SortedMap<Bytes, Optional<Bytes>> writes) {
        for (Account account : accounts.values()) {
            if (!account.now.equals(account.before)) {
                writes.put(
                        account.key,
                        account.isNew()
                                ? Optional.empty()
                                : Optional.of(Bytes.owned(StateCodec.ACCOUNT.encode(account.now))));
            }
        }
    }
}
