package io.computronium.consensus.simulation;

import io.computronium.consensus.BftCore;
import io.computronium.consensus.Effect;
import io.computronium.consensus.Step;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.storage.signer.SignerState;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees everything, and checks the invariants of {@code docs/consensus.md} at every step. It shares
 * no rule with the core: quorums, grid and locks are worked out here once more.
 */
final class Judge {

    private static final long SETTLING_MILLIS = 5_000;
    private static final long CLOCK_TOLERANCE_MILLIS = 200;

    private final World world;
    private final Votes votes;

    private final TreeMap<Long, Decided> chain = new TreeMap<>();
    private final Map<Long, Hash> roots = new HashMap<>();

    /** The last height that a validator told anyone to be final. */
    private final Map<Integer, Long> acknowledged = new HashMap<>();

    /** Precommits for the parent's block that a core was told. */
    private final Map<Integer, BitSet> parentPrecommits = new HashMap<>();

    private boolean contradictionSeen;
    private long settledAtMillis = Long.MAX_VALUE;

    /** A decided height, the grid's anchor after it, and when it was decided first. */
    private record Decided(
            Hash id, long timeMillis, int round, long atMillis, long anchorHeight, long anchor) {}

    Judge(World world) {
        this.world = world;
        this.votes = new Votes(world);
    }

    static void check(boolean holds, String invariant, Supplier<String> violation) {
        if (!holds) {
            throw new Violation(invariant, violation.get());
        }
    }

    /** From now on nothing new goes wrong. */
    void calm() {
        settledAtMillis = world.now() + SETTLING_MILLIS;
    }

    long heights() {
        return chain.isEmpty() ? 0 : chain.lastKey();
    }

    /** The time in the header of a decided block. */
    long timeOf(long height) {
        return decided(height).timeMillis;
    }

    private Decided decided(long height) {
        Decided decided = chain.get(height);
        if (decided == null) {
            throw new IllegalStateException("height " + height + " is not decided");
        }
        return decided;
    }

    // Messages

    /** A validator signs; whether it is honest or not. */
    void signs(Driver driver, Effect.Message message) {
        signs(driver, message, world.now());
    }

    /** A validator finds out after a crash that it signed this, nobody knows when. */
    void recovers(Driver driver, Effect.Message message) {
        if (!votes.hasSaid(driver.self(), message)) {
            signs(driver, message, World.GENESIS_MILLIS);
        }
    }

    private void signs(Driver driver, Effect.Message message, long atMillis) {
        Validator self = driver.self();
        switch (message) {
            case Effect.Propose propose -> {
                votes.proposed(propose, atMillis);
                if (self.isHonest()) {
                    votes.checkOnce(self, message);
                    votes.checkLock(self, propose.height(), propose.lock());
                    if (propose.polRound() == Proposal.NO_POL_ROUND) {
                        checkTime(self, propose);
                    }
                }
            }
            case Effect.CastVote vote -> {
                votes.voted(self.key(), vote);
                if (self.isHonest()) {
                    votes.checkOnce(self, message);
                    votes.checkVote(self, vote);
                }
            }
        }
    }

    /** INV-15: a new block has the time of the grid; and INV-9, nobody proposes ahead of it. */
    private void checkTime(Validator self, Effect.Propose propose) {
        long height = propose.height();
        long time = world.block(propose.blockId()).facts().timeMillis();
        long earliest = height == 1 ? World.GENESIS_MILLIS : timeOf(height - 1);
        long planned = Math.max(target(height), earliest + 500);
        check(
                time == planned || time > planned + 1_500,
                "INV-15",
                () -> self + " proposes a block for " + (time - planned) + " ms off the grid");
        if (isSettled()) {
            check(
                    world.now() >= time - CLOCK_TOLERANCE_MILLIS,
                    "INV-9",
                    () -> self + " proposes " + (time - world.now()) + " ms too early");
        }
    }

    private long target(long height) {
        if (height == 1) {
            return World.GENESIS_MILLIS;
        }
        Decided parent = decided(height - 1);
        return parent.anchor + 1_000 * (height - parent.anchorHeight);
    }

    private boolean isSettled() {
        return world.now() >= settledAtMillis;
    }

    /** INV-4: a core that remembers everything does not ask for what must be refused. */
    void refuses(Validator self, SignerState state, long firstHeight, String reason) {
        check(
                !self.isHonest()
                        || self.isDamaged()
                        || self.hasLostLog()
                        || state.height() < firstHeight,
                "INV-4",
                () -> self + " wanted to sign what the signer refuses: " + reason);
    }

    // Decisions

    void decides(Driver driver, Effect.Decide decision, boolean foundInvalid) {
        Validator self = driver.self();
        long height = decision.height();
        Hash id = decision.blockId();
        var facts = world.block(id).facts();
        CommitCertificate commit = decision.commit();
        check(!foundInvalid, "INV-3", () -> self + " decides what it found invalid");
        check(world.block(id).isValid(), "INV-3", () -> "an invalid block at height " + height);
        check(
                commit.blockId().equals(id)
                        && commit.height() == height
                        && world.isValid(commit)
                        && isQuorum(commit),
                "INV-3",
                () -> "a certificate that proves nothing at " + height);
        Decided before = chain.get(height);
        check(before == null || before.id.equals(id), "INV-1", () -> "two blocks at " + height);
        if (before != null) {
            return;
        }
        long parentTime = height == 1 ? World.GENESIS_MILLIS : timeOf(height - 1);
        Hash parent = height == 1 ? World.GENESIS : decided(height - 1).id;
        check(facts.parent().equals(parent) && facts.height() == height, "INV-1", () -> "parent");
        check(facts.timeMillis() >= parentTime + 500, "INV-9", () -> "time of " + height);
        if (height > 1 && decided(height - 1).atMillis >= settledAtMillis) {
            checkRounds(height, commit.round());
        }
        long target = target(height);
        boolean moves =
                facts.timeMillis() - target > 10_000 || world.parameters.epochs().isFirst(height);
        Decided last = height == 1 ? null : decided(height - 1);
        chain.put(
                height,
                new Decided(
                        id,
                        facts.timeMillis(),
                        commit.round(),
                        world.now(),
                        moves || last == null ? height : last.anchorHeight,
                        moves || last == null ? facts.timeMillis() : last.anchor));
    }

    private boolean isQuorum(CommitCertificate commit) {
        ValidatorSet set = world.elections.set(commit.height());
        return votes.isQuorum(commit.height(), commit.signers().toBitSet(set.size()));
    }

    /** INV-14: once all is well, the second of two healthy proposers in a row succeeds. */
    private void checkRounds(long height, int round) {
        for (int r = 0; r + 1 < round; r++) {
            if (isHealthy(world.elections.proposer(height, r))
                    && isHealthy(world.elections.proposer(height, r + 1))) {
                throw new Violation(
                        "INV-14",
                        "healthy proposers fail in rounds %d and %d of height %d"
                                .formatted(r, r + 1, height));
            }
        }
    }

    private boolean isHealthy(int key) {
        return world.validators.get(key).isHealthy();
    }

    /** INV-14: who knows of validators in later rounds that one honest is among follows them. */
    void follows(Driver driver, NavigableSet<Integer> later) {
        BftCore core = driver.core();
        if (later.isEmpty() || core.step() == Step.DECIDED) {
            return;
        }
        var voters = new BitSet();
        for (int round : later) {
            for (VoteKind kind : VoteKind.values()) {
                core.votes(round, kind).ifPresent(votes -> voters.or(votes.voters()));
            }
        }
        ValidatorSet set = driver.current().validators();
        long power = voters.stream().mapToLong(i -> set.get(i).power()).sum();
        long total = set.validators().stream().mapToLong(v -> v.power()).sum();
        check(
                3 * power < total,
                "INV-14",
                () -> driver.self() + " stays in round " + core.round() + " behind " + voters);
    }

    void halts(Validator self, String reason) {
        check(self.has(Fault.DIVERGENT), "INV-3", () -> self + " halts: " + reason);
    }

    // State

    /** INV-2, INV-8 and, after a restart, INV-16. */
    void executed(Validator self, Ledger ledger) {
        Hash first = roots.putIfAbsent(ledger.height(), ledger.root());
        check(
                first == null || first.equals(ledger.root()),
                "INV-2",
                () -> self + " has another state at height " + ledger.height());
        check(ledger.isConserved(), "INV-8", () -> "supply at height " + ledger.height());
    }

    void acknowledges(Validator self) {
        acknowledged.put(self.node(), (long) self.chain.size());
    }

    void restarts(Validator self) {
        parentPrecommits.remove(self.node());
        check(
                self.chain.size() >= acknowledged.getOrDefault(self.node(), 0L),
                "INV-7",
                () -> self + " has lost a final block");
    }

    /** INV-16: after a replay, the lock and the round are those of before the crash. */
    void resumed(Driver driver, long height) {
        Validator self = driver.self();
        if (self.isHonest() && !self.isDamaged()) {
            votes.checkResumed(self, height, driver.core().lock(), driver.core().round());
        }
    }

    /** INV-6: everything paid before the calm is in the chain, once. */
    void checkPayments(long[] sent) {
        for (Validator validator : world.validators) {
            if (validator.isHealthy()) {
                Ledger ledger = validator.recover();
                for (int account = 0; account < Ledger.ACCOUNTS; account++) {
                    if (ledger.nonce(account) < sent[account]) {
                        throw new Violation(
                                "INV-6", "a payment of account " + account + " is lost");
                    }
                }
            }
        }
    }

    /** INV-13: what strangers can make a core remember has a bound. */
    void holds(Validator self, BftCore core, int size) {
        int rounds = core.round() + 2;
        int peers = world.validators.size();
        int bound = rounds * (6 * size + 2 * peers + 5) + 8 * size + 4 * size + 2 + 2 * size;
        check(
                core.held() <= bound,
                "INV-13",
                () -> self + " holds " + core.held() + " things in round " + core.round());
    }

    // Evidence, and certificates

    /** INV-11. */
    void found(Validator self, Evidence evidence) {
        contradictionSeen = true;
        long height = evidence.height();
        int key =
                switch (evidence) {
                    case Evidence.DuplicateVote(Vote one, Vote other) -> {
                        int index = one.validatorIndex();
                        check(
                                index < world.elections.set(height).size(),
                                "INV-11",
                                () -> "evidence against nobody");
                        int accused = world.elections.keyAt(height, index);
                        check(
                                world.isSigned(one, accused) && world.isSigned(other, accused),
                                "INV-11",
                                () -> "evidence that proves nothing");
                        yield accused;
                    }
                    case Evidence.DuplicateProposal(Proposal one, Proposal other) -> {
                        int accused = world.elections.proposer(height, one.round());
                        check(
                                world.isSigned(one, accused) && world.isSigned(other, accused),
                                "INV-11",
                                () -> "evidence that proves nothing");
                        yield accused;
                    }
                };
        check(
                !world.validators.get(key).isHonest(),
                "INV-11",
                () -> self + " accuses honest validator " + key);
    }

    /** Whether there was any evidence. */
    boolean hasSeenContradiction() {
        return contradictionSeen;
    }

    /** A core is told a vote. */
    void hears(Validator self, Vote vote) {
        Driver driver = self.driver();
        if (driver == null || vote.kind() != VoteKind.PRECOMMIT) {
            return;
        }
        CommitCertificate commit = driver.current().parent().commit();
        if (commit != null
                && vote.height() == commit.height()
                && vote.round() == commit.round()
                && Objects.equals(vote.blockId(), commit.blockId())) {
            parentPrecommits
                    .computeIfAbsent(self.node(), node -> new BitSet())
                    .set(vote.validatorIndex());
        }
    }

    /** INV-18: the certificate in a block holds every precommit that its maker knows. */
    void builds(Validator self, Effect.BuildBlock build) {
        CommitCertificate commit = build.lastCommit();
        BitSet heard = parentPrecommits.get(self.node());
        if (commit != null && heard != null) {
            BitSet missing = (BitSet) heard.clone();
            missing.andNot(commit.signers().toBitSet(world.elections.set(commit.height()).size()));
            check(missing.isEmpty(), "INV-18", () -> self + " leaves out precommits of " + missing);
        }
    }

    void startsHeight(Validator self, @Nullable CommitCertificate parent) {
        if (parent == null) {
            parentPrecommits.remove(self.node());
        } else {
            parentPrecommits.put(
                    self.node(),
                    parent.signers().toBitSet(world.elections.set(parent.height()).size()));
        }
    }
}
