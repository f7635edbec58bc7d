package io.computronium.storage.block;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.codec.BftCodec;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.storage.Column;
import io.computronium.storage.Schema;
import io.computronium.storage.codec.FixedCodec;
import java.util.List;

/** The columns of the block log. Ids are never used again. */
public final class BlockSchema {

    /** Headers of decided blocks and candidates. */
    static final Column<BlockKey, Header> HEADERS =
            new Column<>(1, "headers", BlockKey.CODEC, BlockCodec.HEADER);

    /** Whole blocks, decided or candidates, as canonical bytes. */
    static final Column<BlockKey, Bytes> BLOCKS =
            new Column<>(2, "blocks", BlockKey.CODEC, FixedCodec.BYTES);

    /** Decided blocks by height. */
    static final Column<Long, Hash> DECIDED =
            new Column<>(3, "decided", FixedCodec.HEIGHT, FixedCodec.HASH);

    /** The certificate with which this node saw each block decided. */
    static final Column<Long, CommitCertificate> CERTIFICATES =
            new Column<>(4, "certificates", FixedCodec.HEIGHT, BftCodec.COMMIT);

    /** Heights by block id, of decided blocks and candidates. */
    static final Column<Hash, Long> HEIGHTS =
            new Column<>(5, "heights", FixedCodec.HASH, FixedCodec.HEIGHT);

    public static final Schema SCHEMA =
            new Schema("blocks", List.of(HEADERS, BLOCKS, DECIDED, CERTIFICATES, HEIGHTS));

    private BlockSchema() {}
}
