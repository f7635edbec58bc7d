package io.computronium.node.execution;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.codec.Codec;
import io.computronium.storage.state.StateSnapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chain as it is after a commit. Immutable, for any thread.
 *
 * @param height of the last committed block; 0: genesis, and then there is no header or certificate
 * @param blockId at height 0: the genesis hash
 * @param timeMillis of the block; at height 0: of genesis
 * @param certificate with which this node saw the block decided
 * @param validators the set that decided {@code height}; at height 0 the first set
 * @param nextValidators the set that decides the next height
 * @param transactions how many the block has
 * @param state after the block
 */
public record ChainTip(
        long height,
        Hash blockId,
        long timeMillis,
        @Nullable Header header,
        @Nullable CommitCertificate certificate,
        ValidatorSet validators,
        ValidatorSet nextValidators,
        int transactions,
        StateSnapshot state) {

    /** A value of the state; empty if there is none under {@code key}. */
    public <T> Optional<T> read(Bytes key, Codec<T> codec) {
        return state.get(key).map(bytes -> codec.decode(bytes.toArray()));
    }
}
