package io.computronium.consensus;

import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.VoteKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The consensus state machine of one node. Not safe for use by more than one thread. */
public final class BftCore {

    /**
     * A core that waits for {@code StartHeight}.
     *
     * @param self our consensus key; null for a node that never votes. Without a seat in a height's
     *     set we follow that height and sign nothing.
     */
    public BftCore(@Nullable PublicKey self) {}

    /** Takes one input to its end: afterwards no rule of the protocol is left to fire. */
    public List<Effect> step(Input input) {
        return List.of();
    }

    /** The height in progress; 0 before the first. */
    public long height() {
        return 0;
    }

    /** The round in progress; -1 before the first of the height. */
    public int round() {
        return -1;
    }

    public Step step() {
        return Step.NEW_HEIGHT;
    }

    /** The certificate of the parent with every precommit known by now (D6). */
    public Optional<CommitCertificate> lastCommit() {
        return Optional.empty();
    }

    public Lock lock() {
        return Lock.NONE;
    }

    /** The proposal of a round of this height, if it is here. */
    public Optional<Proposal> proposal(int round) {
        return Optional.empty();
    }

    /** The votes of a round of this height; empty if there are none. */
    public Optional<VoteView> votes(int round, VoteKind kind) {
        return Optional.empty();
    }
}
