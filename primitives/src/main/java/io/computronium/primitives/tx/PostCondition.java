package io.computronium.primitives.tx;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;

/**
 * A limit that the kernel holds a transaction to. Amounts are gross: what left the principal, not
 * the difference. The fee does not count.
 */
public sealed interface PostCondition {

    Principal principal();

    Asset asset();

    /** What the principal sends in all, compared with {@code amount}. */
    record Sent(Principal principal, Asset asset, Comparison comparison, Uint128 amount)
            implements PostCondition {}

    /** What the principal receives in all is at least {@code amount}. */
    record Received(Principal principal, Asset asset, Uint128 amount) implements PostCondition {}

    /**
     * Whether the principal parts with one non-fungible token.
     *
     * @param id the token's identifier, a value in SIP-005 encoding
     * @param kept true: it must stay; false: it must be sent
     */
    record NonFungible(Principal principal, Asset.Token asset, Bytes id, boolean kept)
            implements PostCondition {}

    /** How a sum is compared with the amount of a condition. */
    enum Comparison {
        EQUAL,
        AT_MOST,
        AT_LEAST;

        public boolean holds(Uint128 sum, Uint128 amount) {
            int order = sum.compareTo(amount);
            return switch (this) {
                case EQUAL -> order == 0;
                case AT_MOST -> order <= 0;
                case AT_LEAST -> order >= 0;
            };
        }
    }
}
