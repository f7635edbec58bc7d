package io.computronium.vm;

import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.tx.Transaction;
import java.util.ArrayList;
import java.util.List;

/**
 * What a chain decides about execution in its genesis.
 *
 * @param blockGasLimit the most gas of a block; 1 gas = 1 ns on the reference machine
 * @param maxBlockBytes the most bytes that the transactions of a block have together, each with
 *     {@link #FRAMING_BYTES} added; leaves room for header, certificate and evidence in {@link
 *     Block#MAX_BYTES}
 * @param minBaseFee the base fee never falls below, grains for 1,000 gas
 * @param initialBaseFee the base fee of block 1, grains for 1,000 gas
 * @param maxValidUntilAhead how many heights ahead of a block its transactions may expire
 * @param burnBp part of each fee that is burnt, in 1/10,000
 * @param treasuryBp part of each fee that goes to the treasury, in 1/10,000; with {@code burnBp} at
 *     most the whole
 * @param treasury who that is
 */
public record ExecutionParameters(
        long blockGasLimit,
        long maxBlockBytes,
        long minBaseFee,
        long initialBaseFee,
        long maxValidUntilAhead,
        int burnBp,
        int treasuryBp,
        Principal treasury) {

    /** What a block's encoding adds to a transaction: a tag and a length of at most 4 bytes. */
    public static final int FRAMING_BYTES = 5;

    /** The whole of something, in basis points. */
    static final int WHOLE_BP = 10_000;

    /** Two seconds of the reference machine, and small enough for the base fee's arithmetic. */
    private static final long MAX_BLOCK_GAS = 2_000_000_000;

    private static final long MIN_BLOCK_GAS = 1_000_000;
    private static final long MAX_BLOCK_BYTES = Block.MAX_BYTES - (1 << 20);
    private static final long MIN_BLOCK_BYTES = Transaction.MAX_BYTES + FRAMING_BYTES;
    private static final long MAX_AHEAD = 1_000_000;

    /**
     * @throws IllegalArgumentException naming every fault, if there is any
     */
    public ExecutionParameters {
        List<String> faults = new ArrayList<>();
        requireRange(faults, "blockGasLimit", blockGasLimit, MIN_BLOCK_GAS, MAX_BLOCK_GAS);
        requireRange(faults, "maxBlockBytes", maxBlockBytes, MIN_BLOCK_BYTES, MAX_BLOCK_BYTES);
        requireRange(faults, "minBaseFee", minBaseFee, 1, Coin.MAX_SUPPLY_GRAINS);
        requireRange(faults, "initialBaseFee", initialBaseFee, minBaseFee, Coin.MAX_SUPPLY_GRAINS);
        requireRange(faults, "maxValidUntilAhead", maxValidUntilAhead, 1, MAX_AHEAD);
        requireRange(faults, "burnBp", burnBp, 0, WHOLE_BP);
        requireRange(
                faults,
                "treasuryBp",
                treasuryBp,
                0,
                Math.clamp(WHOLE_BP - (long) burnBp, 0, WHOLE_BP));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    private static void requireRange(
            List<String> faults, String name, long value, long min, long max) {
        if (value < min || value > max) {
            faults.add(name + ": " + min + " to " + max + " expected, not " + value);
        }
    }
}
