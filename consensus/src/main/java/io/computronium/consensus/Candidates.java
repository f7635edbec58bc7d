package io.computronium.consensus;

import io.computronium.primitives.Hash;
import io.computronium.primitives.Invariants;
import io.computronium.primitives.block.Header;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a height that a proposal or a quorum has named: at most one for each round and kind
 * of message. Asks for what is missing: first the block, then the verdict on it.
 */
final class Candidates {

    private final Input.StartHeight start;
    private final List<Effect> effects;
    private final TreeMap<Hash, Candidate> byId = new TreeMap<>();

    Candidates(Input.StartHeight start, List<Effect> effects) {
        this.start = start;
        this.effects = effects;
    }

    private static final class Candidate {
        @Nullable BlockFacts facts;
        @Nullable Verdict verdict;
    }

    int size() {
        return byId.size();
    }

    /** Notes that a block is named, and asks for it the first time. */
    void want(Hash id) {
        named(id);
    }

    private Candidate named(Hash id) {
        Candidate candidate = byId.get(id);
        if (candidate == null) {
            candidate = new Candidate();
            byId.put(id, candidate);
            effects.add(new Effect.FetchBlock(id));
        }
        return candidate;
    }

    /** The facts of a block that is wanted; null: not here yet. */
    @Nullable BlockFacts facts(Hash id) {
        return named(id).facts;
    }

    /** The verdict on a block that is wanted; null: cannot tell yet. */
    @Nullable Verdict verdict(Hash id) {
        return named(id).verdict;
    }

    /** A block is here as a whole; dropped if nothing named it. */
    void arrived(BlockFacts facts) {
        Candidate candidate = byId.get(facts.id());
        if (candidate == null || candidate.facts != null) {
            return;
        }
        candidate.facts = facts;
        if (continuesChain(facts)) {
            effects.add(new Effect.JudgeBlock(facts.id()));
        } else {
            candidate.verdict = Verdict.INVALID;
        }
    }

    /** A block of our own, which execution has made and so need not judge. */
    void built(BlockFacts facts) {
        Invariants.check(continuesChain(facts), "our own blocks continue the chain");
        var candidate = new Candidate();
        candidate.facts = facts;
        candidate.verdict = Verdict.VALID;
        byId.put(facts.id(), candidate);
    }

    void judged(Hash id, Verdict verdict) {
        Candidate candidate = byId.get(id);
        if (candidate != null && candidate.facts != null && candidate.verdict == null) {
            candidate.verdict = verdict;
        }
    }

    /** Asks again for everything that is missing. */
    void askAgain() {
        byId.forEach((id, candidate) -> {
            if (candidate.facts == null) {
                effects.add(new Effect.FetchBlock(id));
            } else if (candidate.verdict == null) {
                effects.add(new Effect.JudgeBlock(id));
            }
        });
    }

    /**
     * The part of validity that is ours: a block of this height, on this parent, in rising time.
     */
    private boolean continuesChain(BlockFacts facts) {
        long earliest = start.parent().timeMillis() + start.parameters().minIntervalMillis();
        return facts.height() == start.height()
                && facts.parent().equals(start.parent().id())
                && facts.timeMillis() >= earliest
                && facts.timeMillis() <= Header.MAX_TIME_MILLIS;
    }
}
