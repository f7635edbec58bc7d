package io.computronium.storage.rocksdb;

/**
 * How much memory and how many files a database may take.
 *
 * @param blockCacheBytes for blocks read from disk, indexes and filters included
 * @param writeBufferBytes for writes not yet sorted into files, over all columns
 * @param blobMinBytes values from this size on live in blob files, apart from the keys
 * @param maxOpenFiles at most this many files at a time
 */
public record RocksDbOptions(
        long blockCacheBytes, long writeBufferBytes, long blobMinBytes, int maxOpenFiles) {

    /** For a validator; four of them still fit into one small machine. */
    public static final RocksDbOptions DEFAULT =
            new RocksDbOptions(32L << 20, 32L << 20, 16L << 10, 512);
}
