package io.computronium.primitives.bft;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import java.util.BitSet;

/**
 * Who of a validator set signed: bit {@code i % 8}, least significant first, of byte {@code i / 8}
 * stands for validator {@code i}. The length follows from the size of the set and nothing else, so
 * two lists can never disagree about it (GHSA-hrhf-2vcr-ghch).
 */
public record SignerBits(Bytes bytes) {

    public static SignerBits of(BitSet signers, int validators) {
        if (signers.length() > validators) {
            throw new IllegalArgumentException("signer beyond the set");
        }
        byte[] bytes = new byte[bytesFor(validators)];
        signers.stream().forEach(i -> bytes[i / 8] |= (byte) (1 << (i % 8)));
        return new SignerBits(Bytes.owned(bytes));
    }

    /**
     * @return the indexes, all below {@code validators}
     * @throws MalformedDataException if the length is not that of a set of this size, or a bit
     *     beyond it is set
     */
    public BitSet toBitSet(int validators) {
        MalformedDataException.unless(
                bytes.size() == bytesFor(validators), "signers: wrong length for this set");
        BitSet bits = BitSet.valueOf(bytes.toArray());
        MalformedDataException.unless(
                bits.length() <= validators, "signers: bit beyond the validator set");
        return bits;
    }

    /** How many bits are set. */
    public int count() {
        int count = 0;
        for (int i = 0; i < bytes.size(); i++) {
            count += Integer.bitCount(bytes.at(i) & 0xff);
        }
        return count;
    }

    private static int bytesFor(int validators) {
        return (validators + 7) / 8;
    }
}
