package io.computronium.vm.builtin;

import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.StateView;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What always holds of a {@link Token}, checked over all of its holders. */
final class TokenInvariants {

    private TokenInvariants() {}

    static @Nullable String supply(StateView state) {
        Asset.Token token = Token.asset(state.self());
        BigInteger sum = BigInteger.ZERO;
        for (Principal holder : state.holders(token)) {
            sum = sum.add(BigInteger.valueOf(state.balance(token, holder)));
        }
        long supply = state.supply(token);
        if (!sum.equals(BigInteger.valueOf(supply))) {
            return "balances are " + sum + ", the supply " + supply;
        }
        long most = state.find(Token.TERMS).orElseThrow().maxSupply();
        return supply <= most ? null : "supply " + supply + " over " + most;
    }

    static @Nullable String checkpoints(StateView state) {
        if (!state.find(Token.TERMS).orElseThrow().checkpointed()) {
            return null;
        }
        Asset.Token token = Token.asset(state.self());
        long until = state.height() + 1;
        Uint128 sum = Uint128.ZERO;
        for (Principal holder : state.holders(token)) {
            sum = sum.plus(state.cumulative(token, holder, until));
        }
        Uint128 supply = state.cumulativeSupply(token, until);
        return sum.equals(supply) ? null : "holders' past is " + sum + ", the supply's " + supply;
    }

    static @Nullable String votes(StateView state) {
        Asset.Token token = Token.asset(state.self());
        Map<Principal, Long> expected = new TreeMap<>();
        state.all(Token.DELEGATES)
                .forEach((key, delegate) -> {
                    Principal holder = Shape.PRINCIPAL.decode(key);
                    if (!holder.equals(delegate)) {
                        expected.merge(delegate, state.balance(token, holder), Math::addExact);
                    }
                });
        Map<Principal, Long> found = new TreeMap<>();
        state.all(Token.DELEGATED)
                .forEach((key, amount) -> found.put(Shape.PRINCIPAL.decode(key), amount));
        expected.values().removeIf(amount -> amount == 0);
        found.values().removeIf(amount -> amount == 0);
        return expected.equals(found) ? null : "delegated " + found + ", held " + expected;
    }
}
