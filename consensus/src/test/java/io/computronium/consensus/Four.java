package io.computronium.consensus;

import io.computronium.primitives.Hash;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Four validators of power 1 at height 5, called 0 to 3 by the round in which they propose first,
 * and short names for everything that tests say about them. Times are in milliseconds after the
 * parent's; the block is due at 1,000.
 */
final class Four {

    static final long HEIGHT = 5;
    static final long PARENT_MILLIS = 1_700_000_000_000L;
    static final int DUE = 1_000;

    static final Hash GENESIS = filled(0x01);
    static final Hash PARENT = filled(0x02);
    static final Hash A = filled(0xaa);
    static final Hash B = filled(0xbb);

    static final ConsensusParameters PARAMETERS = ConsensusParameters.DEFAULT;
    static final ValidatorSet SET =
            ValidatorSet.of(
                    IntStream.range(0, 4)
                            .mapToObj(i -> new Validator(PublicKey.of(bytes(32, i + 1)), 1))
                            .toList());
    static final ProposerOrder ORDER = ProposerOrder.of(SET, GENESIS, PARAMETERS.epochs(), 0);

    private Four() {}

    static Hash filled(int b) {
        return Hash.of(bytes(Hash.SIZE, b));
    }

    private static byte[] bytes(int size, int b) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) b);
        return bytes;
    }

    static long at(int millis) {
        return PARENT_MILLIS + millis;
    }

    /** The index in the set of a validator. */
    static int index(int who) {
        return ORDER.proposer(HEIGHT, who);
    }

    static PublicKey key(int who) {
        return SET.get(index(who)).publicKey();
    }

    static NodeId peer(int n) {
        return NodeId.of(bytes(NodeId.SIZE, n));
    }

    // Inputs

    /** The start of height 5, 300 ms after the parent. */
    static Input.StartHeight start() {
        return startAt(300, null);
    }

    static Input.StartHeight startAt(int millis, @Nullable Restored restored) {
        return start(HEIGHT, PARENT, certificate(HEIGHT - 1, 0, PARENT, 0, 1, 2), millis, restored);
    }

    static Input.StartHeight start(
            long height,
            Hash parent,
            CommitCertificate commit,
            int millis,
            @Nullable Restored restored) {
        return new Input.StartHeight(
                height,
                new Parent(parent, PARENT_MILLIS, SET, commit),
                SET,
                ORDER,
                PARAMETERS,
                at(DUE),
                restored,
                at(millis));
    }

    static Proposal proposal(int round, int polRound, Hash id) {
        return new Proposal(HEIGHT, round, polRound, id, signature(round % 4));
    }

    /** A proposal that came 50 ms after the block was due. */
    static Input.ProposalArrived proposed(int round, int polRound, Hash id) {
        return proposed(round, polRound, id, DUE + 50);
    }

    static Input.ProposalArrived proposed(int round, int polRound, Hash id, int millis) {
        return new Input.ProposalArrived(proposal(round, polRound, id), at(millis));
    }

    static Vote vote(VoteKind kind, int round, int who, @Nullable Hash id) {
        return voteAt(HEIGHT, kind, round, who, id);
    }

    static Vote voteAt(long height, VoteKind kind, int round, int who, @Nullable Hash id) {
        return new Vote(kind, height, round, id, index(who), signature(who));
    }

    static Input.VoteArrived prevoted(int round, int who, @Nullable Hash id) {
        return arrived(vote(VoteKind.PREVOTE, round, who, id));
    }

    static Input.VoteArrived precommitted(int round, int who, @Nullable Hash id) {
        return arrived(vote(VoteKind.PRECOMMIT, round, who, id));
    }

    static Input.VoteArrived arrived(Vote vote) {
        return new Input.VoteArrived(vote, at(DUE + 60));
    }

    /** The facts of a block that the proposer of {@code round} made for the time it was due. */
    static BlockFacts facts(Hash id, int round) {
        return new BlockFacts(id, HEIGHT, PARENT, at(DUE), key(round % 4));
    }

    static Input.BlockArrived arrived(BlockFacts block) {
        return new Input.BlockArrived(block, at(DUE + 55));
    }

    static Input.BlockJudged judged(Hash id, Verdict verdict) {
        return new Input.BlockJudged(id, verdict, at(DUE + 70));
    }

    static Input.TimerFired fired(Timer.Kind kind, int round) {
        return fired(kind, round, DUE);
    }

    static Input.TimerFired fired(Timer.Kind kind, int round, int millis) {
        return new Input.TimerFired(new Timer(kind, HEIGHT, round), at(millis));
    }

    static Input.Maj23Claimed claimed(int peer, VoteKind kind, int round, @Nullable Hash id) {
        return new Input.Maj23Claimed(peer(peer), kind, HEIGHT, round, id, at(DUE));
    }

    // Effects

    static Effect.StepEntered entered(int round, Step step) {
        return new Effect.StepEntered(HEIGHT, round, step);
    }

    static Effect.SetTimer timer(Timer.Kind kind, int round, long delayMillis) {
        return new Effect.SetTimer(new Timer(kind, HEIGHT, round), delayMillis);
    }

    static Effect.CastVote prevote(int round, @Nullable Hash id, Lock lock) {
        return new Effect.CastVote(VoteKind.PREVOTE, HEIGHT, round, id, lock);
    }

    static Effect.CastVote precommit(int round, @Nullable Hash id, Lock lock) {
        return new Effect.CastVote(VoteKind.PRECOMMIT, HEIGHT, round, id, lock);
    }

    static Lock lock(int round, Hash id) {
        return new Lock(round, id);
    }

    static Effect.Decide decide(int round, Hash id, Integer... who) {
        return new Effect.Decide(HEIGHT, id, certificate(HEIGHT, round, id, who));
    }

    static Signature signature(int who) {
        return Signature.of(bytes(Signature.SIZE, 0x50 + index(who)));
    }

    static CommitCertificate certificate(long height, int round, Hash id, Integer... who) {
        var indexes = new TreeSet<Integer>();
        List.of(who).forEach(w -> indexes.add(index(w)));
        var bits = new BitSet();
        indexes.forEach(bits::set);
        var signatures =
                indexes.stream().map(i -> Signature.of(bytes(Signature.SIZE, 0x50 + i))).toList();
        return new CommitCertificate(
                height, round, id, SignerBits.of(bits, SET.size()), signatures);
    }
}
