package io.computronium.vm;

import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.tx.PostCondition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The coins that a transaction moved, gross: what came back later is not taken off. The fee is
 * outside.
 *
 * <p>The mode of a transaction asks of movements that nothing covers. A {@code Transfer} covers
 * itself, and nothing else moves coins yet, so there are none.
 */
final class Movements {

    private final List<PostCondition> conditions;
    private final Rules rules;
    private final Map<Principal, Uint128> sent = new TreeMap<>();
    private final Map<Principal, Uint128> received = new TreeMap<>();

    Movements(List<PostCondition> conditions, Rules rules) {
        this.conditions = conditions;
        this.rules = rules;
    }

    void add(Principal from, Principal to, long grains) {
        if (!conditions.isEmpty()) {
            var amount = Uint128.of(grains);
            sent.merge(from, amount, Uint128::plus);
            received.merge(to, amount, Uint128::plus);
        }
    }

    boolean conditionsHold() {
        for (PostCondition condition : conditions) {
            if (!holds(condition)) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(PostCondition condition) {
        Principal principal = rules.resolve(condition.principal());
        return switch (condition) {
            case PostCondition.Sent limit ->
                    limit.comparison()
                            .holds(sent.getOrDefault(principal, Uint128.ZERO), limit.amount());
            case PostCondition.Received limit ->
                    received.getOrDefault(principal, Uint128.ZERO).compareTo(limit.amount()) >= 0;
            case PostCondition.NonFungible token ->
                    throw new IllegalStateException("refused by the transaction rules");
        };
    }
}
