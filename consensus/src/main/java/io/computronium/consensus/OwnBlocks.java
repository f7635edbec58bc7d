package io.computronium.consensus;

import io.computronium.primitives.bft.CommitCertificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The blocks that are made here for our own proposals at a height: one for each round of ours. */
final class OwnBlocks {

    private final Input.StartHeight start;
    private final GridPacing pacing;
    private final @Nullable VoteTally parentCommit;
    private final List<Effect> effects;

    /** The round of the last order; -1: none yet. */
    private int orderedRound = -1;

    private boolean reordered;
    private @Nullable BlockFacts built;

    OwnBlocks(Input.StartHeight start, @Nullable VoteTally parentCommit, List<Effect> effects) {
        this.start = start;
        this.pacing = new GridPacing(start.parameters());
        this.parentCommit = parentCommit;
        this.effects = effects;
    }

    boolean isOrdered(int round) {
        return orderedRound == round;
    }

    /** Orders the block of a round, made now and with every precommit for the parent (D6). */
    void order(int round, long now) {
        if (orderedRound != round) {
            orderedRound = round;
            reordered = false;
            built = null;
        }
        CommitCertificate commit =
                parentCommit == null ? null : parentCommit.certificate(start.parent().id());
        effects.add(new Effect.BuildBlock(start.height(), round, timeMillis(now), commit));
    }

    /** The block of a round; null: not ready. */
    @Nullable BlockFacts ready(int round) {
        return orderedRound == round ? built : null;
    }

    /**
     * Takes delivery. A block that has become too old for others to believe its time is made anew,
     * once: twice would only show that this machine is too slow.
     *
     * @return whether the block is ready now
     */
    boolean delivered(int round, BlockFacts block, long now) {
        if (orderedRound != round || built != null) {
            return false;
        }
        if (!reordered && GridPacing.isStale(block.timeMillis(), now)) {
            reordered = true;
            order(round, now);
            return false;
        }
        built = block;
        return true;
    }

    /** The time of a block that is made now. */
    long timeMillis(long now) {
        return pacing.blockMillis(start.targetMillis(), start.parent().timeMillis(), now);
    }
}
