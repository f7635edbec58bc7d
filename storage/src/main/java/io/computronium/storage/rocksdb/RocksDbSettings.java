package io.computronium.storage.rocksdb;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

/** Our {@link RocksDbOptions} in RocksDB's words. */
final class RocksDbSettings {

    private static final double BLOOM_BITS_PER_KEY = 10;

    /** Few shards, since each has its share of a cache that is small already. */
    private static final int CACHE_SHARD_BITS = 2;

    /** Indexes and filters are pushed out of this share by one another only. */
    private static final double CACHE_SHARE_OF_INDEXES = 0.5;

    private static final int BACKGROUND_JOBS = 2;
    private static final long BYTES_PER_SYNC = 1 << 20;

    private final RocksDbOptions options;
    private final NativeResources resources;
    private final Cache cache;

    RocksDbSettings(RocksDbOptions options, NativeResources resources) {
        this.options = options;
        this.resources = resources;
        this.cache =
                resources.own(
                        new LRUCache(
                                options.blockCacheBytes(),
                                CACHE_SHARD_BITS,
                                false,
                                CACHE_SHARE_OF_INDEXES));
    }

    DBOptions database() {
        return resources.own(
                new DBOptions()
                        .setCreateIfMissing(true)
                        .setCreateMissingColumnFamilies(true)
                        // A torn tail is cut; what is cut of the state is computed again.
                        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                        .setDbWriteBufferSize(options.writeBufferBytes())
                        .setMaxTotalWalSize(2 * options.writeBufferBytes())
                        .setMaxOpenFiles(options.maxOpenFiles())
                        .setMaxBackgroundJobs(BACKGROUND_JOBS)
                        // Written back as it comes, so that no fsync has to wait for a heap of it.
                        .setBytesPerSync(BYTES_PER_SYNC)
                        .setWalBytesPerSync(BYTES_PER_SYNC)
                        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                        .setKeepLogFileNum(2)
                        .setMaxLogFileSize(1 << 20));
    }

    ColumnFamilyOptions columnFamily() {
        return resources.own(
                new ColumnFamilyOptions()
                        .setTableFormatConfig(
                                new BlockBasedTableConfig()
                                        .setBlockCache(cache)
                                        // In parts: whole, a large file's would not fit the cache.
                                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                                        .setPartitionFilters(true)
                                        .setCacheIndexAndFilterBlocks(true)
                                        .setPinTopLevelIndexAndFilter(true)
                                        .setPinL0FilterAndIndexBlocksInCache(true)
                                        .setFilterPolicy(
                                                resources.own(new BloomFilter(BLOOM_BITS_PER_KEY))))
                        .setWriteBufferSize(options.writeBufferBytes() / 2)
                        .setCompressionType(CompressionType.LZ4_COMPRESSION)
                        .setEnableBlobFiles(true)
                        .setMinBlobSize(options.blobMinBytes())
                        .setEnableBlobGarbageCollection(true));
    }
}
