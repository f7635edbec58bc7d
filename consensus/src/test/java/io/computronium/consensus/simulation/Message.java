package io.computronium.consensus.simulation;

import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import org.jspecify.annotations.Nullable;

/** What travels. */
sealed interface Message {

    record Proposed(Proposal proposal) implements Message {}

    record Voted(Vote vote) implements Message {}

    record Certified(CommitCertificate commit) implements Message {}

    /** A block as a whole, by its id: what it holds is in the {@link World}. */
    record Body(Hash blockId) implements Message {}

    record Claimed(VoteKind kind, long height, int round, @Nullable Hash blockId)
            implements Message {}
}
