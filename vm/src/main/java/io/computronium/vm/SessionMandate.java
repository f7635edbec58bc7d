package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.state.StateKey;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.builtin.Account;
import io.computronium.vm.builtin.Account.RecipientKey;
import io.computronium.vm.builtin.Account.SessionKey;
import io.computronium.vm.builtin.Coin;
import io.computronium.vm.builtin.Session;
import io.computronium.vm.builtin.Spending;
import io.computronium.vm.contract.Access;
import io.computronium.vm.contract.ContractFailure;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A session in one transaction: holds it to its policy, and counts what it spends. A debit is
 * counted in the state before it is made, and counted again if the transaction's changes are taken
 * back, so that failing calls eat the caps too.
 */
final class SessionMandate implements Mandate {

    private final Rules rules;
    private final WorkingState state;
    private final long height;
    private final SessionKey key;
    private final Principal payer;
    private final Map<Asset, Long> spent = new LinkedHashMap<>();
    private long reserve;

    /**
     * @param payer who pays the fee
     */
    SessionMandate(Rules rules, WorkingState state, long height, SessionKey key, Principal payer) {
        this.rules = rules;
        this.state = state;
        this.height = height;
        this.key = key;
        this.payer = payer;
    }

    static <K, V> Bytes key(Rules rules, MapSlot<K, V> map, K key) {
        Bytes contract = StateKey.contract(rules.builtIn(Account.DECLARATION.name()));
        return StateKey.record(contract, map.id(), map.key().encode(key));
    }

    @Override
    public Optional<Long> session() {
        return Optional.of(key.id());
    }

    /** Counts the most that the fee may come to; the rules of inclusion saw that it fits. */
    void reserveFee(long grains) {
        reserve = grains;
        count(Asset.COIN, grains);
    }

    @Override
    public void call(Principal contract, Method<?> method, boolean entry) {
        Session policy = policy();
        boolean listed;
        if (contract.equals(rules.builtIn(Account.DECLARATION.name()))) {
            // What a session may do there, it may do to itself only: the contract sees to it.
            listed = entry;
        } else if (method.access() == Access.DIRECT) {
            listed = policy.names(contract, method.name());
        } else {
            listed = entry ? policy.allows(contract, method.name()) : policy.reaches(contract);
        }
        require(listed, Account.OUT_OF_SCOPE);
    }

    /** Asked before a {@code Transfer} call, which is in scope where {@code coin.transfer} is. */
    void transfer(Principal to, long grains) {
        require(policy().allows(rules.builtIn(Coin.NAME), "transfer"), Account.OUT_OF_SCOPE);
        debit(Asset.COIN, to, grains);
    }

    @Override
    public void debit(Asset asset, Principal to, long amount) {
        Session policy = policy();
        require(policy.mayPay(to), Account.RECIPIENT_DENIED);
        require(Account.hasWaited(policy, announced(policy, to), height), Account.RECIPIENT_DENIED);
        long before = spentOf(asset) + (asset.equals(Asset.COIN) ? reserve : 0);
        Optional<Fault> refusal = spending().refusal(policy, height, asset, before, amount);
        if (refusal.isPresent()) {
            throw failure(refusal.get());
        }
        long after = Math.addExact(spentOf(asset), amount);
        require(isCosigned(policy, asset, after), Account.COSIGN_NEEDED);
        spent.put(asset, after);
        count(asset, amount);
    }

    private boolean isCosigned(Session policy, Asset asset, long amount) {
        return policy.cosign()
                .filter(cosign -> asset.equals(Asset.COIN))
                .filter(cosign -> amount > cosign.above() && !cosign.by().equals(payer))
                .isEmpty();
    }

    private Optional<Long> announced(Session policy, Principal to) {
        return policy.newRecipientDelay().isEmpty()
                ? Optional.empty()
                : state.record(
                        key(
                                rules,
                                Account.ANNOUNCED,
                                new RecipientKey(key.account(), key.id(), to)),
                        Account.ANNOUNCED.value());
    }

    /** After the calls, whose changes were taken back if {@code undone}. */
    void finish(boolean undone, long fee) {
        if (state.session(rules, key).isEmpty()) {
            return; // It revoked itself.
        }
        if (undone) {
            spent.forEach(this::count);
        }
        if (reserve != fee) {
            count(Asset.COIN, fee - reserve);
        }
    }

    /** What the transaction spent by it, fee included, an event for each asset. */
    void announce(Execution.Events events, long fee) {
        if (fee > 0) {
            spent.merge(Asset.COIN, fee, Math::addExact);
        }
        Optional<Session> policy = state.session(rules, key);
        if (policy.isEmpty()) {
            return;
        }
        Spending counters = spending();
        EventType type = Account.SESSION_SPENT;
        spent.forEach((asset, amount) -> {
            long left = counters.left(policy.get(), height, asset);
            EventType.Content content = type.content(key.account(), key.id(), asset, amount, left);
            events.add(
                    new Event(
                            rules.builtIn(Account.DECLARATION.name()),
                            type.name(),
                            content.keys(),
                            content.data()));
        });
    }

    private long spentOf(Asset asset) {
        Long amount = spent.get(asset);
        return amount == null ? 0 : amount;
    }

    /** As it is by now: the transaction may have tightened it, or ended it. */
    private Session policy() {
        return state.session(rules, key).orElseThrow(() -> failure(Account.OUT_OF_SCOPE));
    }

    private Spending spending() {
        return state.spending(rules, key).orElseThrow();
    }

    private void count(Asset asset, long amount) {
        Spending next = spending().plus(policy(), height, asset, amount);
        state.records().put(key(rules, Account.SPENDING, key), Account.SPENDING.value(), next);
    }

    private static void require(boolean condition, Fault fault) {
        if (!condition) {
            throw failure(fault);
        }
    }

    private static ContractFailure failure(Fault fault) {
        return new ContractFailure(fault.code(Account.DECLARATION.module()));
    }
}
