package io.computronium.consensus.simulation;

import io.computronium.consensus.BlockFacts;
import io.computronium.consensus.ConsensusParameters;
import io.computronium.consensus.GridPacing;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Vote;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Time, chance, and everything that validators share: blocks, keys, payments to be made. */
final class World implements Power.Weather {

    static final long GENESIS_MILLIS = 1_700_000_000_000L;
    static final Hash GENESIS = hash(-1, 0, 0);
    static final ChainIdentity CHAIN = new ChainIdentity("simulation", GENESIS);

    /** Mainnet's, with epochs that end within a run. */
    static final ConsensusParameters SHORT_EPOCHS = parameters(ConsensusParameters.DEFAULT, 12);

    /** One in twenty seeds of few validators signs with Ed25519. */
    private static final int REAL_KEYS = 20;

    private record Event(long atMillis, long number, Runnable action) {}

    /** A block with what is in it, as its maker made it. */
    record Block(
            BlockFacts facts,
            @Nullable CommitCertificate lastCommit,
            List<Ledger.Payment> payments,
            Hash stateRoot,
            boolean isValid) {}

    final Plan plan;
    final SplittableRandom random;
    final Keys keys;
    final Elections elections;
    final Judge judge;
    final Network network;
    final ConsensusParameters parameters;
    final GridPacing pacing;
    final List<Validator> validators = new ArrayList<>();

    private final Map<Fault, Integer> rates = new EnumMap<>(Fault.class);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::number));
    private long eventNumber;
    private long now = GENESIS_MILLIS;
    private boolean faulty;
    private long faultsInjected;
    private long trace;

    private final Map<Hash, Block> blocks = new HashMap<>();
    private final Set<Object> verified = new HashSet<>();
    final List<List<Ledger.Payment>> payments = new ArrayList<>();

    World(Plan plan, int keyCount, ConsensusParameters parameters) {
        this.plan = plan;
        this.parameters = parameters;
        this.pacing = new GridPacing(parameters);
        this.random = new SplittableRandom(plan.seed());
        boolean real = random.nextInt(REAL_KEYS) == 0 && plan.nodes() <= 4;
        this.keys = real ? new Keys.Real(keyCount) : new Keys.StandIn();
        this.elections =
                new Elections(
                        plan.seed(),
                        !plan.faults().isEmpty(),
                        plan.nodes(),
                        keyCount,
                        keys,
                        parameters.epochs(),
                        hash(-2, plan.seed(), 0));
        this.judge = new Judge(this);
        this.network = new Network(this);
        for (Fault fault : Fault.values()) {
            int rate = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(100);
            rates.put(fault, plan.faults().contains(fault) ? rate : 0);
        }
        for (int i = 0; i < Ledger.ACCOUNTS; i++) {
            payments.add(new ArrayList<>());
        }
    }

    private static ConsensusParameters parameters(ConsensusParameters of, long epochLength) {
        return new ConsensusParameters(
                of.intervalMillis(),
                of.minIntervalMillis(),
                of.propose(),
                of.verdict(),
                of.prevote(),
                of.precommit(),
                of.growthRounds(),
                of.precisionMillis(),
                of.messageDelayMillis(),
                epochLength,
                of.closeBeforeTargetMillis());
    }

    static Hash hash(long a, long b, long c) {
        return Hash.of(ByteBuffer.allocate(Hash.SIZE).putLong(a).putLong(b).putLong(c).array());
    }

    // Time

    long now() {
        return now;
    }

    void after(long delayMillis, Runnable action) {
        events.add(new Event(now + delayMillis, eventNumber++, action));
    }

    /**
     * Runs until {@code done}.
     *
     * @return false if the time was over before
     */
    boolean run(long untilMillis, BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            Event event = events.peek();
            if (event == null || event.atMillis() > untilMillis) {
                return false;
            }
            events.remove();
            now = event.atMillis();
            event.action().run();
        }
        return true;
    }

    // Chance

    /** Begins or ends the time of faults. */
    void setFaulty(boolean faulty) {
        this.faulty = faulty;
    }

    boolean isFaulty() {
        return faulty;
    }

    /** Up to 100; 0: this fault does not happen in this run. */
    int rate(Fault fault) {
        return rates.getOrDefault(fault, 0);
    }

    /**
     * Whether a fault strikes now.
     *
     * @param perMillion its greatest chance, at rate 100
     */
    boolean strikes(Fault fault, int perMillion) {
        int rate = rate(fault);
        if (!faulty || rate == 0 || random.nextInt(100_000_000) >= (long) perMillion * rate) {
            return false;
        }
        count();
        return true;
    }

    /** Counts a fault that was injected. */
    void count() {
        faultsInjected++;
    }

    long faultsInjected() {
        return faultsInjected;
    }

    @Override
    public boolean failsDisk() {
        return strikes(Fault.DISK_ERROR, 1_000);
    }

    @Override
    public boolean cutsPower() {
        return strikes(Fault.POWER_CUT, 3_000);
    }

    @Override
    public Power.Moment moment() {
        return switch (random.nextInt(3)) {
            case 0 -> Power.Moment.BEFORE;
            case 1 -> Power.Moment.TORN;
            default -> Power.Moment.AFTER;
        };
    }

    /**
     * Whether a log may be lost on top of those that are: who has lost its log may be silent for a
     * round, which only less than a third may be.
     */
    boolean canLoseLog(Validator loser) {
        var set = elections.set(loser.height());
        long power = 0;
        for (Validator other : validators) {
            var index = set.indexOf(keys.publicKey(other.key()));
            boolean lacking = other == loser || !other.isHealthy() || other.hasLostLog();
            if (lacking && index.isPresent()) {
                power += set.get(index.getAsInt()).power();
            }
        }
        return 3 * power < set.totalPower();
    }

    // Blocks and payments

    Block publish(Block block) {
        blocks.put(block.facts().id(), block);
        return block;
    }

    int blocksMade() {
        return blocks.size();
    }

    Block block(Hash id) {
        Block block = blocks.get(id);
        if (block == null) {
            throw new IllegalStateException("block " + id + " was never made");
        }
        return block;
    }

    /** A client pays. */
    void submitPayment() {
        int from = random.nextInt(Ledger.ACCOUNTS);
        var sent = payments.get(from);
        sent.add(
                new Ledger.Payment(
                        from, sent.size(), random.nextInt(Ledger.ACCOUNTS), random.nextInt(300)));
    }

    // Signatures: each is checked once, for all who get it.

    boolean isSigned(Vote vote, int key) {
        return isSigned(vote, key, vote.signBytes(CHAIN), vote.signature());
    }

    boolean isSigned(Proposal proposal, int key) {
        return isSigned(proposal, key, proposal.signBytes(CHAIN), proposal.signature());
    }

    private boolean isSigned(
            Object message, int key, byte[] bytes, io.computronium.primitives.Signature signature) {
        var checked = List.of(message, key);
        if (verified.contains(checked)) {
            return true;
        }
        boolean good = keys.verify(keys.publicKey(key), bytes, signature);
        if (good) {
            verified.add(checked);
        }
        return good;
    }

    boolean isValid(CommitCertificate commit) {
        var set = elections.set(commit.height());
        var checked = List.of(commit, commit.signatures().size());
        if (verified.contains(checked)) {
            return true;
        }
        boolean good = commit.isValid(CHAIN, set, keys::verify);
        if (good) {
            verified.add(checked);
        }
        return good;
    }

    /** What was checked for heights gone by is not asked for again. */
    void forgetChecks() {
        verified.clear();
    }

    // Trace

    /** Notes that something happened to a validator. */
    void trace(int node, long what) {
        trace = (trace * 31 + now) * 0x9e3779b97f4a7c15L + what * 31 + node;
        trace ^= trace >>> 29;
    }

    long trace() {
        return trace;
    }
}
