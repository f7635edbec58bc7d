package io.computronium.consensus;

import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.Epochs;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.crypto.Domain;
import io.computronium.primitives.crypto.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who proposes (D5): a shuffle of the validators, by the genesis hash and the epoch alone, and then
 * one after the other. There is no stored priority for two nodes to disagree about, and nobody can
 * work on the seed; the price is that the order is public an epoch ahead.
 *
 * <pre>
 * seed     = SHA-256(0x16 ‖ genesis hash 32 ‖ epoch u64)
 * block(c) = SHA-256(0x16 ‖ seed 32 ‖ c u32),  c = 0, 1, …      each read as four u64
 * draw(n)  = the next u64 x with x &lt; 2^64 - 2^64 mod n, mod n     others are thrown away
 * order    = 0, 1, …, N-1;  for i = N-1 down to 1: swap order[i], order[draw(i + 1)]
 * proposer(height, round) = order[(height - first height of the epoch + round) mod N]
 * </pre>
 *
 * Numbers are big-endian; indexes are those of the set sorted by key. Immutable.
 */
public final class ProposerOrder {

    private final int[] order;
    private final long firstHeight;

    private ProposerOrder(int[] order, long firstHeight) {
        this.order = order;
        this.firstHeight = firstHeight;
    }

    /** The order of one epoch. */
    public static ProposerOrder of(
            ValidatorSet validators, Hash genesisHash, Epochs epochs, long epoch) {
        var stream = new Stream(genesisHash, epoch);
        int[] order = IntStream.range(0, validators.size()).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int j = stream.draw(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return new ProposerOrder(order, epochs.firstHeight(epoch));
    }

    /**
     * The index of the validator whose turn it is.
     *
     * @param height in this epoch
     */
    public int proposer(long height, int round) {
        return order[Math.floorMod(height - firstHeight + round, order.length)];
    }

    /** The indexes in order, from the proposer of the first height's first round on. */
    public List<Integer> indexes() {
        return IntStream.of(order).boxed().toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProposerOrder that
                && firstHeight == that.firstHeight
                && Arrays.equals(order, that.order);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(order) + Long.hashCode(firstHeight);
    }

    @Override
    public String toString() {
        return "ProposerOrder" + Arrays.toString(order) + " from " + firstHeight;
    }

    /** Uniform numbers out of SHA-256 in counter mode. */
    private static final class Stream {
        private final Hash seed;
        private ByteBuffer block = ByteBuffer.allocate(0);
        private int counter;

        Stream(Hash genesisHash, long epoch) {
            byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(epoch).array();
            seed = Sha256.hash(Domain.PROPOSER_ORDER, genesisHash.toArray(), number);
        }

        int draw(int bound) {
            long tail = Long.remainderUnsigned(-bound, bound); // 2^64 mod bound
            long x;
            do {
                x = next();
            } while (Long.compareUnsigned(x, -tail) >= 0 && tail != 0);
            return (int) Long.remainderUnsigned(x, bound);
        }

        private long next() {
            if (!block.hasRemaining()) {
                byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(counter++).array();
                Hash hash = Sha256.hash(Domain.PROPOSER_ORDER, seed.toArray(), number);
                block = hash.asReadOnlyBuffer();
            }
            return block.getLong();
        }
    }
}
