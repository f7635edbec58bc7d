package io.computronium.consensus;

import io.computronium.primitives.Hash;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The votes of one kind in one round, counted by D4: a validator's first vote counts. A second,
 * different one is evidence; it is tallied as well, for its own block only, if some peer claims a
 * quorum for that block. An equivocator that tells every node something else could otherwise keep
 * each of them short of a quorum that the others see.
 *
 * <p>Memory: at most one ballot for each validator and each claim, and claims are counted.
 */
final class VoteTally implements VoteView {

    /** Claims beyond these are dropped; they only matter while someone equivocates. */
    static final int MAX_CLAIMS = 256;

    private final VoteKind kind;
    private final long height;
    private final int round;
    private final ValidatorSet validators;

    private final @Nullable Vote[] counted;
    private final BitSet voters = new BitSet();
    private long power;

    private final Ballot nil = new Ballot();
    private final TreeMap<Hash, Ballot> blocks = new TreeMap<>();
    private @Nullable Majority majority;

    private final TreeSet<NodeId> claimants = new TreeSet<>();
    private final BitSet accused = new BitSet();

    VoteTally(VoteKind kind, long height, int round, ValidatorSet validators) {
        this.kind = kind;
        this.height = height;
        this.round = round;
        this.validators = validators;
        this.counted = new Vote[validators.size()];
    }

    /** The precommits of a certificate, open for more (D6). */
    static VoteTally of(CommitCertificate commit, ValidatorSet validators) {
        var tally = new VoteTally(VoteKind.PRECOMMIT, commit.height(), commit.round(), validators);
        tally.addAll(commit);
        return tally;
    }

    /** The votes for one block, or for nil. */
    private final class Ballot {
        final TreeMap<Integer, Vote> votes = new TreeMap<>();
        long power;
        boolean claimed;

        void add(Vote vote) {
            if (votes.putIfAbsent(vote.validatorIndex(), vote) != null) {
                return;
            }
            power += validators.get(vote.validatorIndex()).power();
            if (majority == null && validators.isQuorum(power)) {
                majority = new Majority(vote.blockId());
            }
        }
    }

    /** Whether a vote, whatever it says, belongs here. */
    boolean accepts(Vote vote) {
        return vote.kind() == kind
                && vote.height() == height
                && vote.round() == round
                && vote.validatorIndex() < validators.size();
    }

    /**
     * Counts a vote that belongs here.
     *
     * @return the first proof that this validator contradicts itself, if this is it
     */
    Optional<Evidence> add(Vote vote) {
        int index = vote.validatorIndex();
        Vote earlier = counted[index];
        if (earlier == null) {
            counted[index] = vote;
            voters.set(index);
            power += validators.get(index).power();
            ballotOf(vote.blockId()).add(vote);
            return Optional.empty();
        }
        if (Objects.equals(earlier.blockId(), vote.blockId())) {
            return Optional.empty();
        }
        Ballot ballot = find(vote.blockId());
        if (ballot != null && ballot.claimed) {
            ballot.add(vote);
        }
        if (accused.get(index)) {
            return Optional.empty();
        }
        accused.set(index);
        return Optional.of(Evidence.DuplicateVote.of(earlier, vote));
    }

    /**
     * Counts the votes of a valid certificate, also those of equivocators.
     *
     * @return what they prove, as {@link #add} does
     */
    List<Evidence> addAll(CommitCertificate commit) {
        List<Evidence> found = new ArrayList<>();
        ballotOf(commit.blockId()).claimed = true;
        BitSet signers = commit.signers().toBitSet(validators.size());
        int next = 0;
        for (int i = signers.nextSetBit(0); i >= 0; i = signers.nextSetBit(i + 1)) {
            var signature = commit.signatures().get(next++);
            add(new Vote(kind, height, round, commit.blockId(), i, signature))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** Notes that a peer claims a quorum; only its first claim counts. */
    void claim(NodeId peer, @Nullable Hash blockId) {
        if (claimants.size() < MAX_CLAIMS && claimants.add(peer)) {
            ballotOf(blockId).claimed = true;
        }
    }

    /** Whether a quorum has voted, for whatever. */
    boolean hasQuorum() {
        return validators.isQuorum(power);
    }

    /** Whether a quorum has voted for this block. */
    boolean hasQuorumFor(Hash blockId) {
        Ballot ballot = find(blockId);
        return ballot != null && validators.isQuorum(ballot.power);
    }

    /** Whether a quorum has voted nil, and got there first. */
    boolean hasNilMajority() {
        return majority != null && majority.blockId() == null;
    }

    /** The block that a quorum has voted for; null if there is none. */
    @Nullable Hash majorityBlock() {
        return majority == null ? null : majority.blockId();
    }

    /** How many votes, blocks voted for or claimed, and claimants are kept. */
    int held() {
        int votes = blocks.values().stream().mapToInt(ballot -> ballot.votes.size()).sum();
        return nil.votes.size() + votes + blocks.size() + claimants.size();
    }

    boolean hasVoteOf(int validatorIndex) {
        return voters.get(validatorIndex);
    }

    /** The certificate of these precommits, with all that are here. */
    CommitCertificate certificate(Hash blockId) {
        var votes = List.copyOf(ballotOf(blockId).votes.values());
        return new CommitCertificate(
                height,
                round,
                blockId,
                SignerBits.of(votersFor(blockId), validators.size()),
                votes.stream().map(Vote::signature).toList());
    }

    List<Vote> votesFor(Hash blockId) {
        Ballot ballot = find(blockId);
        return ballot == null ? List.of() : List.copyOf(ballot.votes.values());
    }

    @Override
    public BitSet voters() {
        return (BitSet) voters.clone();
    }

    @Override
    public BitSet votersFor(@Nullable Hash blockId) {
        var bits = new BitSet();
        Ballot ballot = find(blockId);
        if (ballot != null) {
            ballot.votes.keySet().forEach(bits::set);
        }
        return bits;
    }

    @Override
    public Optional<Vote> vote(int validatorIndex) {
        return Optional.ofNullable(counted[validatorIndex]);
    }

    @Override
    public Optional<Vote> voteFor(@Nullable Hash blockId, int validatorIndex) {
        Ballot ballot = find(blockId);
        return ballot == null
                ? Optional.empty()
                : Optional.ofNullable(ballot.votes.get(validatorIndex));
    }

    @Override
    public Optional<Majority> majority() {
        return Optional.ofNullable(majority);
    }

    private @Nullable Ballot find(@Nullable Hash blockId) {
        return blockId == null ? nil : blocks.get(blockId);
    }

    private Ballot ballotOf(@Nullable Hash blockId) {
        return blockId == null ? nil : blocks.computeIfAbsent(blockId, id -> new Ballot());
    }
}
