package io.computronium.consensus.simulation;

import static io.computronium.consensus.simulation.Judge.check;

import io.computronium.consensus.Effect;
import io.computronium.consensus.Lock;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.VoteKind;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that was ever signed, sent or not, and what an honest validator may sign after it. */
final class Votes {

    private final World world;

    private record Subject(long height, int round, VoteKind kind, @Nullable Hash id) {}

    private record Turn(int key, long height, int round, String step) {}

    private record Named(long height, int round, Hash id) {}

    /** What a validator precommitted last, the round of its last message, and where. */
    private record Past(long height, int round, Lock lock) {}

    private final Map<Subject, BitSet> signed = new HashMap<>();
    private final Map<Turn, String> said = new HashMap<>();

    /** The proposals that name a block in a round: when each was signed, by polRound. */
    private final Map<Named, TreeMap<Integer, Long>> proposals = new HashMap<>();

    private final Map<Integer, Past> past = new HashMap<>();
    private final Map<Long, Hash> certain = new HashMap<>();

    Votes(World world) {
        this.world = world;
    }

    /** More than two thirds, worked out without the code under test. */
    boolean isQuorum(long height, BitSet indexes) {
        ValidatorSet set = world.elections.set(height);
        long power = indexes.stream().mapToLong(i -> set.get(i).power()).sum();
        long total = set.validators().stream().mapToLong(v -> v.power()).sum();
        return Math.multiplyExact(3, power) > Math.multiplyExact(2, total);
    }

    private boolean hasQuorum(long height, int round, VoteKind kind, Hash id) {
        BitSet indexes = signed.get(new Subject(height, round, kind, id));
        return indexes != null && isQuorum(height, indexes);
    }

    void proposed(Effect.Propose p, long atMillis) {
        proposals
                .computeIfAbsent(
                        new Named(p.height(), p.round(), p.blockId()), name -> new TreeMap<>())
                .merge(p.polRound(), atMillis, Math::min);
    }

    /** INV-12: all that was signed together makes no certificate for two blocks. */
    void voted(int key, Effect.CastVote vote) {
        long height = vote.height();
        var index = world.elections.set(height).indexOf(world.keys.publicKey(key));
        if (index.isEmpty()) {
            return;
        }
        signed.computeIfAbsent(
                        new Subject(height, vote.round(), vote.kind(), vote.blockId()),
                        subject -> new BitSet())
                .set(index.getAsInt());
        Hash id = vote.blockId();
        if (vote.kind() == VoteKind.PRECOMMIT
                && id != null
                && hasQuorum(height, vote.round(), VoteKind.PRECOMMIT, id)) {
            Hash first = certain.putIfAbsent(height, id);
            check(
                    first == null || first.equals(id),
                    "INV-12",
                    () -> "precommits for two certificates at height " + height);
        }
    }

    /** INV-4. */
    void checkOnce(Validator self, Effect.Message message) {
        Turn turn = turn(self, message);
        String before = said.putIfAbsent(turn, content(message));
        check(
                before == null || before.equals(content(message)),
                "INV-4",
                () -> self + " signs two things: " + turn);
    }

    /** Whether an honest validator was seen to sign this very message. */
    boolean hasSaid(Validator self, Effect.Message message) {
        return content(message).equals(said.get(turn(self, message)));
    }

    private static Turn turn(Validator self, Effect.Message message) {
        return switch (message) {
            case Effect.Propose p -> new Turn(self.key(), p.height(), p.round(), "");
            case Effect.CastVote v -> new Turn(self.key(), v.height(), v.round(), v.kind().name());
        };
    }

    private static String content(Effect.Message message) {
        return switch (message) {
            case Effect.Propose p -> p.polRound() + " " + p.blockId();
            case Effect.CastVote v -> String.valueOf(v.blockId());
        };
    }

    /** INV-3, INV-5 and INV-9 for a vote of an honest validator. */
    void checkVote(Validator self, Effect.CastVote vote) {
        long height = vote.height();
        Hash id = vote.blockId();
        checkLock(self, height, vote.lock());
        if (id != null) {
            check(world.block(id).isValid(), "INV-3", () -> self + " votes for an invalid block");
            switch (vote.kind()) {
                case PREVOTE -> checkPrevote(self, vote, id);
                case PRECOMMIT -> {
                    check(
                            hasQuorum(height, vote.round(), VoteKind.PREVOTE, id),
                            "INV-5",
                            () -> self + " precommits without prevotes of a quorum");
                }
            }
        }
        Past before = past.get(self.key());
        Lock lock = before != null && before.height == height ? before.lock : Lock.NONE;
        if (id != null && vote.kind() == VoteKind.PRECOMMIT) {
            lock = new Lock(vote.round(), id);
        }
        past.put(self.key(), new Past(height, vote.round(), lock));
    }

    /** INV-5: every message carries the lock that earlier precommits have left. */
    void checkLock(Validator self, long height, Lock claimed) {
        Past before = past.get(self.key());
        if (before != null && before.height == height) {
            check(
                    claimed.round() > before.lock.round() || claimed.equals(before.lock),
                    "INV-5",
                    () -> self + " has forgotten its lock at height " + height);
        }
    }

    private void checkPrevote(Validator self, Effect.CastVote vote, Hash id) {
        Past before = past.get(self.key());
        if (before != null && before.height == vote.height()) {
            Hash locked = before.lock.blockId();
            check(
                    locked == null
                            || locked.equals(id)
                            || hadPrevotes(vote.height(), before.lock.round(), vote.round(), id),
                    "INV-5",
                    () -> self + " prevotes against its lock at height " + vote.height());
        }
        var named = proposals.get(new Named(vote.height(), vote.round(), id));
        if (named == null) {
            throw new Violation("INV-3", self + " prevotes what was not proposed");
        }
        boolean again =
                named.tailMap(0).keySet().stream()
                        .anyMatch(r -> hasQuorum(vote.height(), r, VoteKind.PREVOTE, id));
        if (!again) {
            Long proposedAt = named.get(Proposal.NO_POL_ROUND);
            if (proposedAt == null) {
                throw new Violation(
                        "INV-5", self + " prevotes what is proposed again without its prevotes");
            }
            checkNew(self, vote, id, proposedAt);
        }
    }

    private void checkNew(Validator self, Effect.CastVote vote, Hash id, long proposedAt) {
        var facts = world.block(id).facts();
        int proposer = world.elections.proposer(vote.height(), vote.round());
        check(
                facts.proposer().equals(world.keys.publicKey(proposer)),
                "INV-3",
                () -> self + " prevotes a block by someone else than the proposer");
        long precision = world.parameters.precisionMillis();
        check(
                facts.timeMillis() <= self.latestClock() + precision,
                "INV-9",
                () -> self + " prevotes a block from the future");
        long delay = world.parameters.messageDelayMillis(vote.round());
        check(
                self.hasHadWrongClock()
                        || facts.timeMillis() >= proposedAt - 100 - delay - precision,
                "INV-9",
                () -> self + " prevotes a block from the past");
    }

    private boolean hadPrevotes(long height, int from, int to, Hash id) {
        for (int round = from; round < to; round++) {
            if (hasQuorum(height, round, VoteKind.PREVOTE, id)) {
                return true;
            }
        }
        return false;
    }

    void checkResumed(Validator self, long height, Lock lock, int round) {
        Past before = past.get(self.key());
        if (before != null && before.height == height) {
            check(
                    lock.round() > before.lock.round() || lock.equals(before.lock),
                    "INV-16",
                    () -> self + " has lost its lock in a crash");
            check(
                    round >= before.round || self.hasLostLog(),
                    "INV-16",
                    () -> self + " has lost its round in a crash");
        }
    }
}
