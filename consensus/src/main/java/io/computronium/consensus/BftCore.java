package io.computronium.consensus;

import io.computronium.primitives.Hash;
import io.computronium.primitives.Invariants;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The consensus state machine of one node: one height after the other, each by Algorithm 1, with
 * what belongs to two heights in between. A pure function of its inputs; for one thread.
 *
 * <p>An input that does not fit is dropped: of another height, a timer of a round gone by, a block
 * that nothing names. A broken contract of the driver, such as heights that fall, throws {@link
 * io.computronium.primitives.BrokenInvariantException}.
 */
public final class BftCore {

    private final @Nullable PublicKey self;
    private final List<Effect> effects = new ArrayList<>();
    private @Nullable BftHeight current;

    /** Messages of the height after {@link #current}. */
    private NextHeight next = new NextHeight(0);

    /**
     * A core that waits for {@code StartHeight}.
     *
     * @param self our consensus key; null for a node that never votes. Without a seat in a height's
     *     set we follow that height and sign nothing.
     */
    public BftCore(@Nullable PublicKey self) {
        this.self = self;
    }

    /**
     * Takes one input to its end: afterwards no rule of the protocol is left to fire.
     *
     * @return what is to be done, in this order
     */
    public List<Effect> step(Input input) {
        BftHeight height = current;
        if (height != null && height.isHalted()) {
            return List.of();
        }
        switch (input) {
            case Input.StartHeight start -> start(start);
            case Input.InHeight event -> {
                if (height != null) {
                    take(height, event);
                }
            }
        }
        List<Effect> caused = List.copyOf(effects);
        effects.clear();
        return caused;
    }

    private void take(BftHeight height, Input.InHeight event) {
        long number = height.number();
        switch (event) {
            case Input.ProposalArrived arrived -> {
                if (arrived.proposal().height() == number) {
                    height.on(arrived);
                } else if (arrived.proposal().height() == number + 1) {
                    next.add(arrived);
                }
            }
            case Input.VoteArrived arrived -> {
                if (arrived.vote().height() == number) {
                    height.on(arrived);
                } else if (arrived.vote().height() == number + 1) {
                    next.add(arrived);
                } else {
                    addLate(height, arrived.vote());
                }
            }
            case Input.CommitArrived arrived -> {
                if (arrived.commit().height() == number) {
                    height.on(arrived);
                }
            }
            case Input.Maj23Claimed claimed -> {
                if (claimed.height() == number) {
                    height.on(claimed);
                }
            }
            case Input.TimerFired fired -> {
                if (fired.timer().height() == number) {
                    height.on(fired);
                }
            }
            case Input.BlockBuilt builtBlock -> {
                if (builtBlock.block().height() == number) {
                    height.on(builtBlock);
                }
            }
            case Input.BlockArrived arrived -> height.on(arrived);
            case Input.BlockJudged judged -> height.on(judged);
            case Input.Resumed resumed -> height.on(resumed);
        }
    }

    private void start(Input.StartHeight start) {
        BftHeight before = current;
        NextHeight waiting = next;
        Invariants.check(
                start.height() > (before == null ? 0 : before.number()), "heights only rise");
        int index = self == null ? -1 : start.validators().indexOf(self).orElse(-1);
        var height = new BftHeight(start, index, parentCommit(before, start), effects);
        current = height;
        next = new NextHeight(start.validators().size());
        height.begin();
        if (before != null && fits(before.start(), start)) {
            waiting.messages().forEach(message -> effects.add(new Effect.FeedAgain(message)));
        }
    }

    /**
     * Whether messages verified for the height after {@code before} were verified for {@code
     * start}.
     */
    private static boolean fits(Input.StartHeight before, Input.StartHeight start) {
        return start.height() == before.height() + 1
                && start.validators().equals(before.validators())
                && start.order().equals(before.order());
    }

    /** The parent's certificate, with what else we hold for it. */
    private static @Nullable VoteTally parentCommit(
            @Nullable BftHeight before, Input.StartHeight start) {
        CommitCertificate commit = start.parent().commit();
        Invariants.check(
                (commit == null) == (start.height() == 1), "height 1 alone has no commit before");
        if (commit == null) {
            return null;
        }
        Hash id = start.parent().id();
        Invariants.check(
                commit.height() == start.height() - 1 && commit.blockId().equals(id),
                "the commit is the parent's");
        VoteTally tally = VoteTally.of(commit, start.parent().validators());
        Round decided =
                before == null || before.number() != commit.height()
                        ? null
                        : before.log().find(commit.round());
        if (decided != null) {
            decided.precommits().votesFor(id).forEach(tally::add);
        }
        return tally;
    }

    /** D6: precommits of the decided round still count for the next block's certificate. */
    private void addLate(BftHeight height, Vote vote) {
        VoteTally commit = height.parentCommit();
        if (commit != null && commit.accepts(vote)) {
            commit.add(vote).ifPresent(evidence -> effects.add(new Effect.FoundEvidence(evidence)));
        }
    }

    // What the core knows, for gossip and metrics: to be read between two steps.

    /** The height in progress; 0 before the first. */
    public long height() {
        return current == null ? 0 : current.number();
    }

    /** The round in progress, or to begin with. */
    public int round() {
        return current == null ? 0 : current.round();
    }

    public Step step() {
        return current == null ? Step.NEW_HEIGHT : current.step();
    }

    public Lock lock() {
        return current == null ? Lock.NONE : current.lock();
    }

    /** The certificate of the parent with every precommit known by now (D6). */
    public Optional<CommitCertificate> lastCommit() {
        if (current == null || current.parentCommit() == null) {
            return Optional.empty();
        }
        return Optional.of(current.parentCommit().certificate(current.start().parent().id()));
    }

    /** The proposal of a round of this height, if it is here. */
    public Optional<Proposal> proposal(int round) {
        return find(round).map(Round::proposal);
    }

    /** The votes of a round of this height; empty if nothing is known of that round. */
    public Optional<VoteView> votes(int round, VoteKind kind) {
        return find(round).map(found -> found.votes(kind));
    }

    /**
     * How many messages, blocks and claims are kept in memory; bounded as {@code docs/consensus.md}
     * says.
     */
    public int held() {
        return next.messages().size() + (current == null ? 0 : current.held());
    }

    private Optional<Round> find(int round) {
        return current == null ? Optional.empty() : Optional.ofNullable(current.log().find(round));
    }
}
