/**
 * Columns over RocksDB, the only place that knows it. Everything native is freed by hand, in
 * reverse order, and a closed store refuses calls, since a call into freed memory ends the process.
 */
@NullMarked
package io.computronium.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
