package io.computronium.consensus;

import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.block.Header;

/** The part of a block that the protocol itself looks at. */
public record BlockFacts(Hash id, long height, Hash parent, long timeMillis, PublicKey proposer) {

    /**
     * The facts of the block with this header.
     *
     * @param id the header's hash
     */
    public static BlockFacts of(Hash id, Header header) {
        return new BlockFacts(
                id, header.height(), header.parent(), header.timeMillis(), header.proposer());
    }
}
