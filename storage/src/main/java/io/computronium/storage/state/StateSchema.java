package io.computronium.storage.state;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.storage.Column;
import io.computronium.storage.Schema;
import io.computronium.storage.codec.FixedCodec;
import io.computronium.storage.tree.NodeKey;
import io.computronium.storage.tree.Page;
import io.computronium.storage.tree.TreeRoot;
import java.util.List;
import java.util.Optional;

/**
 * The columns of the state. Ids are never used again, and differ from those of the block log, so
 * that neither opens as the other.
 */
public final class StateSchema {

    /** The flushed state: values by key. */
    static final Column<Bytes, Bytes> VALUES =
            new Column<>(101, "values", FixedCodec.BYTES, FixedCodec.BYTES);

    /** What a flush replaced, by the height of that flush; empty where nothing was before. */
    static final Column<ReplacedKey, Optional<Bytes>> REPLACED =
            new Column<>(102, "replaced", ReplacedKey.CODEC, StateLayout.OPTIONAL_VALUE);

    /** The pages of the tree. */
    static final Column<NodeKey, Page> PAGES =
            new Column<>(103, "pages", NodeKey.CODEC, Page.CODEC);

    /** Pages that a flush made stale, to be deleted when the state before it is given up. */
    static final Column<StaleKey, List<NodeKey>> STALE =
            new Column<>(104, "stale", StaleKey.CODEC, StateLayout.NODE_KEYS);

    /** Roots by height, one for each flush that can still be read; the last one is the state's. */
    static final Column<Long, TreeRoot> ROOTS =
            new Column<>(105, "roots", FixedCodec.HEIGHT, StateLayout.ROOT);

    /** The receipts of a block, in {@link io.computronium.storage.codec.ReceiptList}'s layout. */
    static final Column<Long, Bytes> RECEIPTS =
            new Column<>(106, "receipts", FixedCodec.HEIGHT, FixedCodec.BYTES);

    static final Column<Hash, TransactionLocation> TRANSACTIONS =
            new Column<>(107, "transactions", FixedCodec.HASH, StateLayout.LOCATION);

    public static final Schema SCHEMA =
            new Schema(
                    "state",
                    List.of(VALUES, REPLACED, PAGES, STALE, ROOTS, RECEIPTS, TRANSACTIONS));

    private StateSchema() {}
}
