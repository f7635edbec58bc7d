package io.computronium.vm;

import io.computronium.primitives.Coin;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.tx.Transaction;
import io.computronium.vm.contract.Ranges;

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
 */
public record ExecutionParameters(
        long blockGasLimit,
        long maxBlockBytes,
        long minBaseFee,
        long initialBaseFee,
        long maxValidUntilAhead) {

    /** What a block's encoding adds to a transaction: a tag and a length of at most 4 bytes. */
    public static final int FRAMING_BYTES = 5;

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
        var ranges = new Ranges();
        ranges.require("blockGasLimit", blockGasLimit, MIN_BLOCK_GAS, MAX_BLOCK_GAS);
        ranges.require("maxBlockBytes", maxBlockBytes, MIN_BLOCK_BYTES, MAX_BLOCK_BYTES);
        ranges.require("minBaseFee", minBaseFee, 1, Coin.MAX_SUPPLY_GRAINS);
        ranges.require("initialBaseFee", initialBaseFee, minBaseFee, Coin.MAX_SUPPLY_GRAINS);
        ranges.require("maxValidUntilAhead", maxValidUntilAhead, 1, MAX_AHEAD);
        ranges.end();
    }
}
