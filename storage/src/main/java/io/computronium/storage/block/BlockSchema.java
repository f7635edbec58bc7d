package io.computronium.storage.block;

import io.computronium.storage.Schema;
import java.util.List;

/** The columns of the block log. Ids are never used again. */
public final class BlockSchema {

    public static final Schema SCHEMA = new Schema("blocks", List.of());

    private BlockSchema() {}
}
