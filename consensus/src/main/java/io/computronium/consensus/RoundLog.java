package io.computronium.consensus;

import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.Vote;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one height, bounded by D6: every round up to the one after ours, and of later
 * rounds the votes of at most two rounds for each validator. The rest is dropped; gossip brings it
 * again when we get there.
 */
final class RoundLog {

    private static final int CATCH_UP_ROUNDS = 2;

    private final long height;
    private final ValidatorSet validators;
    private final NavigableMap<Integer, Round> rounds = new TreeMap<>();

    RoundLog(long height, ValidatorSet validators) {
        this.height = height;
        this.validators = validators;
    }

    /** A round, empty if nothing is known of it. */
    Round round(int number) {
        return rounds.computeIfAbsent(number, n -> new Round(height, n, validators));
    }

    @Nullable Round find(int number) {
        return rounds.get(number);
    }

    /** The rounds that anything is known of, in ascending order. */
    Collection<Round> rounds() {
        return rounds.values();
    }

    /** What is known of the rounds over {@code after} and up to {@code last}. */
    NavigableMap<Integer, Round> between(int after, int last) {
        return after < last
                ? rounds.subMap(after, false, last, true)
                : Collections.emptyNavigableMap();
    }

    /**
     * Keeps a vote of this height, unless its index or its round is out of bounds.
     *
     * @param current the round in progress
     */
    Optional<Evidence> add(Vote vote, int current) {
        int voter = vote.validatorIndex();
        if (voter >= validators.size() || !admits(vote.round(), voter, current)) {
            return Optional.empty();
        }
        return round(vote.round()).votes(vote.kind()).add(vote);
    }

    /** Keeps a proposal of this height, unless its round is out of bounds. */
    Optional<Evidence> add(Proposal proposal, long atMillis, int current) {
        return keeps(proposal.round(), current)
                ? round(proposal.round()).propose(proposal, atMillis)
                : Optional.empty();
    }

    /** Whether a round is kept whoever speaks in it. */
    boolean keeps(int number, int current) {
        return number <= current + 1L || rounds.containsKey(number);
    }

    private boolean admits(int number, int voter, int current) {
        if (number <= current + 1L) {
            return true;
        }
        long others =
                rounds.tailMap(current + 1, false).entrySet().stream()
                        .filter(e -> e.getKey() != number && e.getValue().hasVoteOf(voter))
                        .count();
        return others < CATCH_UP_ROUNDS;
    }

    /**
     * The greatest round over {@code bound} such that validators of blocking power have voted in it
     * or later, counting each once (D1): someone honest got that far.
     */
    OptionalInt roundToSkipTo(int bound) {
        var voters = new BitSet();
        for (var later : rounds.tailMap(bound, false).descendingMap().entrySet()) {
            voters.or(later.getValue().voters());
            if (validators.isBlocking(powerOf(voters))) {
                return OptionalInt.of(later.getKey());
            }
        }
        return OptionalInt.empty();
    }

    /** How many messages and claims are kept. */
    int held() {
        return rounds.values().stream().mapToInt(Round::held).sum();
    }

    private long powerOf(BitSet members) {
        return members.stream().mapToLong(i -> validators.get(i).power()).sum();
    }
}
