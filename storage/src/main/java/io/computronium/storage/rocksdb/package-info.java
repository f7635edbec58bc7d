/** Columns over RocksDB. Nothing of RocksDB leaves this package. */
@NullMarked
package io.computronium.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
