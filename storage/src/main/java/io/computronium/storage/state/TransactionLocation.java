package io.computronium.storage.state;

/** Where a transaction stands in the chain: {@code index} counts from 0 within the block. */
public record TransactionLocation(long height, int index) {}
