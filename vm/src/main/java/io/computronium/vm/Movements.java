package io.computronium.vm;

import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.PostConditionMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The assets that a transaction moved, gross: what came back later is not taken off. The fee is
 * outside.
 *
 * <p>In mode {@code deny} the sender's own assets move by a {@code Transfer} call, which covers
 * itself, or where a post-condition speaks of them, or not at all.
 */
final class Movements {

    private record Flow(Principal principal, Asset asset) {}

    private final Rules rules;
    private final Journal journal;
    private final Principal sender;
    private final List<PostCondition> conditions;
    private final PostConditionMode mode;
    private final Map<Flow, Uint128> sent = new LinkedHashMap<>();
    private final Map<Flow, Uint128> received = new LinkedHashMap<>();

    /** What of the sender's left by calls of contracts. */
    private final Map<Flow, Uint128> byContracts = new LinkedHashMap<>();

    Movements(
            Rules rules,
            Journal journal,
            Principal sender,
            List<PostCondition> conditions,
            PostConditionMode mode) {
        this.rules = rules;
        this.journal = journal;
        this.sender = sender;
        this.conditions = conditions;
        this.mode = mode;
    }

    /** By a {@code Transfer} call. */
    void addTransfer(Principal from, Principal to, long grains) {
        add(Asset.COIN, from, to, grains);
    }

    void addByContract(Asset asset, Principal from, Principal to, long amount) {
        add(asset, from, to, amount);
        addLeaving(asset, from, amount);
    }

    /** Something that left {@code from} and reached nobody. */
    void addBurntByContract(Asset asset, Principal from, long amount) {
        if (!conditions.isEmpty()) {
            add(sent, new Flow(from, asset), amount);
        }
        addLeaving(asset, from, amount);
    }

    /** Something new. */
    void addMinted(Asset asset, Principal to, long amount) {
        if (!conditions.isEmpty()) {
            add(received, new Flow(to, asset), amount);
        }
    }

    private void addLeaving(Asset asset, Principal from, long amount) {
        if (mode == PostConditionMode.DENY && from.equals(sender)) {
            add(byContracts, new Flow(from, asset), amount);
        }
    }

    private void add(Asset asset, Principal from, Principal to, long amount) {
        if (!conditions.isEmpty()) {
            add(sent, new Flow(from, asset), amount);
            add(received, new Flow(to, asset), amount);
        }
    }

    private void add(Map<Flow, Uint128> sums, Flow flow, long amount) {
        Uint128 before = sums.getOrDefault(flow, Uint128.ZERO);
        sums.put(flow, before.plus(Uint128.of(amount)));
        journal.add(() -> sums.put(flow, before));
    }

    boolean conditionsHold() {
        for (PostCondition condition : conditions) {
            if (!holds(condition)) {
                return false;
            }
        }
        return byContracts.entrySet().stream()
                .allMatch(flow -> flow.getValue().isZero() || covered(flow.getKey()));
    }

    private boolean covered(Flow flow) {
        return conditions.stream()
                .anyMatch(condition ->
                        condition instanceof PostCondition.Sent sentCondition
                                && flow(sentCondition).equals(flow));
    }

    private boolean holds(PostCondition condition) {
        return switch (condition) {
            case PostCondition.Sent limit ->
                    limit.comparison()
                            .holds(sent.getOrDefault(flow(limit), Uint128.ZERO), limit.amount());
            case PostCondition.Received limit ->
                    received.getOrDefault(flow(limit), Uint128.ZERO).compareTo(limit.amount()) >= 0;
            case PostCondition.NonFungible token ->
                    throw new IllegalStateException("refused by the transaction rules");
        };
    }

    private Flow flow(PostCondition condition) {
        Asset asset =
                switch (condition.asset()) {
                    case Asset.Coin coin -> coin;
                    case Asset.Token token ->
                            new Asset.Token(rules.resolve(token.contract()), token.name());
                };
        return new Flow(rules.resolve(condition.principal()), asset);
    }
}
