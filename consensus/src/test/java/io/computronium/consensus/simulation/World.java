package io.computronium.consensus.simulation;

import io.computronium.consensus.BlockFacts;
import io.computronium.consensus.ConsensusParameters;
import io.computronium.consensus.Effect;
import io.computronium.consensus.GridPacing;
import io.computronium.consensus.Input;
import io.computronium.consensus.ProposerOrder;
import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.VoteKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The queue of events, the network between the validators, and the judge of what they do. */
final class World {

    static final long GENESIS_MILLIS = 1_700_000_000_000L;
    static final Hash GENESIS = hash(-1, 0, 0);
    static final ConsensusParameters PARAMETERS = ConsensusParameters.DEFAULT;

    private record Event(long atMillis, long number, Runnable action) {}

    final SplittableRandom random;
    final Faults faults;
    final ValidatorSet set;
    final ProposerOrder order;
    final List<Validator> validators = new ArrayList<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::number));
    private long eventNumber;
    private long now = GENESIS_MILLIS;
    private long trace;

    /** Who is on the one side of a partition; empty: there is none. */
    private final BitSet side = new BitSet();

    // What the judge has seen.
    private final TreeMap<Long, Hash> decided = new TreeMap<>();
    private final TreeMap<Long, Long> times = new TreeMap<>();
    private final TreeMap<String, String> said = new TreeMap<>();
    private final TreeMap<String, BitSet> prevotes = new TreeMap<>();
    private final TreeMap<Hash, BlockFacts> blocks = new TreeMap<>();
    private final TreeSet<Hash> invalidBlocks = new TreeSet<>();

    World(long seed, int size, Function<SplittableRandom, Faults> faults) {
        this.random = new SplittableRandom(seed);
        this.faults = faults.apply(random);
        this.set =
                ValidatorSet.of(
                        IntStream.range(0, size)
                                .mapToObj(i ->
                                        new io.computronium.primitives.bft.Validator(key(i), 1))
                                .toList());
        // The seed chooses the order of proposers; the epoch is longer than any run.
        this.order = ProposerOrder.of(set, hash(-2, seed, 0), PARAMETERS.epochs(), 0);
    }

    /** The key of the validator with this index: keys ascend. */
    static PublicKey key(int index) {
        return PublicKey.of(ByteBuffer.allocate(32).putInt(index + 1).array());
    }

    static Hash hash(long a, long b, long c) {
        return Hash.of(ByteBuffer.allocate(32).putLong(a).putLong(b).putLong(c).array());
    }

    // Time

    long now() {
        return now;
    }

    boolean isFaulty() {
        return now < GENESIS_MILLIS + faults.untilMillis();
    }

    boolean happens(int percent) {
        return isFaulty() && random.nextInt(100) < percent;
    }

    void after(long delayMillis, Runnable action) {
        events.add(new Event(now + delayMillis, eventNumber++, action));
    }

    /** Runs until {@code done} or until the time is over. */
    boolean run(long untilMillis, java.util.function.BooleanSupplier done) {
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

    void start() {
        for (Validator validator : validators) {
            after(0, validator::start);
        }
        after(1_000, this::trouble);
    }

    /** Once a second: crashes, blackouts and partitions. */
    private void trouble() {
        side.clear();
        if (!isFaulty()) {
            validators.forEach(Validator::start);
            return;
        }
        if (happens(faults.partitionPercent())) {
            validators.forEach(v -> side.set(v.index(), random.nextBoolean()));
        }
        boolean blackout = happens(faults.blackoutPercent());
        for (Validator validator : validators) {
            if (blackout || happens(faults.crashPercent())) {
                validator.crash();
            }
        }
        after(1_000, this::trouble);
    }

    // Network

    /** Delivers {@code action} to a validator, late, or never. */
    void send(Validator from, Validator to, Runnable action) {
        boolean cut = side.get(from.index()) != side.get(to.index());
        if (cut || happens(faults.lossPercent())) {
            return;
        }
        int max = isFaulty() ? faults.maxDelayMillis() : 40;
        after(
                1 + random.nextInt(max),
                () -> {
                    if (to.isUp()) {
                        action.run();
                    }
                });
    }

    // Blocks

    BlockFacts makeBlock(long height, Hash parent, long timeMillis, int maker, boolean isValid) {
        var block =
                new BlockFacts(
                        hash(height, maker, blocks.size()), height, parent, timeMillis, key(maker));
        blocks.put(block.id(), block);
        if (!isValid) {
            invalidBlocks.add(block.id());
        }
        return block;
    }

    BlockFacts block(Hash id) {
        return check(blocks.get(id), "block " + id + " was never made");
    }

    boolean isValid(Hash id) {
        return !invalidBlocks.contains(id);
    }

    // The judge

    void saw(Validator validator, Input input) {
        trace = 31 * (31 * trace + now) + 31L * validator.index() + input.hashCode();
    }

    long trace() {
        return trace;
    }

    int heights() {
        return decided.size();
    }

    long timeOf(long height) {
        return check(times.get(height), "height is not decided");
    }

    /** INV-1 agreement, INV-3 validity, INV-6 rising time. */
    void decides(Effect.Decide decision) {
        long height = decision.height();
        Hash id = decision.blockId();
        Hash first = decided.putIfAbsent(height, id);
        check(first == null || first.equals(id), "two blocks at height " + height);
        check(isValid(id), "an invalid block at height " + height);
        check(isFinal(decision.commit()), "a certificate without a quorum at " + height);
        BlockFacts block = block(id);
        times.put(height, block.timeMillis());
        if (height > 1) {
            check(Objects.equals(block.parent(), decided.get(height - 1)), "parent of " + height);
            check(block.timeMillis() >= timeOf(height - 1) + 500, "time of " + height);
        }
    }

    private boolean isFinal(CommitCertificate commit) {
        return set.isQuorum(commit.signers().toBitSet(set.size()).cardinality());
    }

    /** INV-2 nobody honest says two things; INV-4 nobody honest votes against its lock. */
    void honestlySays(Validator validator, Effect.Message message) {
        String step =
                switch (message) {
                    case Effect.Propose p -> p.height() + "/" + p.round() + "/proposal";
                    case Effect.CastVote v -> v.height() + "/" + v.round() + "/" + v.kind();
                };
        String content =
                switch (message) {
                    case Effect.Propose p -> p.polRound() + " " + p.blockId();
                    case Effect.CastVote v -> String.valueOf(v.blockId());
                };
        String before = said.putIfAbsent(validator.index() + "/" + step, content);
        check(before == null || before.equals(content), validator + " said two things at " + step);
        if (message instanceof Effect.CastVote vote && vote.kind() == VoteKind.PREVOTE) {
            Hash id = vote.blockId();
            Hash locked = vote.lock().blockId();
            if (id != null && locked != null && !id.equals(locked)) {
                check(
                        hadPrevotes(vote.height(), vote.lock().round(), vote.round(), id),
                        validator + " prevoted against its lock at " + step);
            }
            prevoted(validator, vote.height(), vote.round(), id);
        }
    }

    void prevoted(Validator validator, long height, int round, @Nullable Hash id) {
        prevotes.computeIfAbsent(height + "/" + round + "/" + id, key -> new BitSet())
                .set(validator.index());
    }

    private boolean hadPrevotes(long height, int from, int to, Hash id) {
        return IntStream.range(from, to)
                .mapToObj(round -> prevotes.get(height + "/" + round + "/" + id))
                .anyMatch(bits -> bits != null && set.isQuorum(bits.cardinality()));
    }

    /** INV-5 no evidence against the honest. */
    void found(Evidence evidence) {
        int index =
                switch (evidence) {
                    case Evidence.DuplicateVote votes -> votes.first().validatorIndex();
                    case Evidence.DuplicateProposal proposals ->
                            order.proposer(evidence.height(), proposals.first().round());
                };
        check(!validators.get(index).isHonest(), "evidence against an honest validator");
    }

    GridPacing pacing() {
        return new GridPacing(PARAMETERS);
    }

    static void check(boolean holds, String statement) {
        if (!holds) {
            throw new AssertionError(statement);
        }
    }

    private static <T> T check(@Nullable T value, String statement) {
        if (value == null) {
            throw new AssertionError(statement);
        }
        return value;
    }
}
