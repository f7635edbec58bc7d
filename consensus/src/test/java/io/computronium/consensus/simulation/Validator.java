package io.computronium.consensus.simulation;

import io.computronium.consensus.Effect;
import io.computronium.consensus.GridPacing.Anchor;
import io.computronium.consensus.Input;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.storage.StorageFailureException;
import io.computronium.storage.signer.SignerStateFile;
import io.computronium.storage.wal.WalOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A machine: a key, disks, a clock, and as long as it is up a {@link Driver}. What a crash leaves
 * is here, what it takes is there.
 */
final class Validator {

    static final WalOptions WAL_OPTIONS = new WalOptions(2 << 20, 1_000);

    /** A decided block with its certificate, and what paces the next. */
    record Final(World.Block block, CommitCertificate commit, Anchor anchor) {
        Hash id() {
            return block.facts().id();
        }

        long timeMillis() {
            return block.facts().timeMillis();
        }
    }

    /** How a validator says what its core wants to say. */
    @FunctionalInterface
    interface Voice {
        void say(Driver driver, Effect.Message message);
    }

    private final World world;
    private final int node;
    private final int key;
    private final NodeId id;
    private final @Nullable Fault flaw;
    private final Voice voice;
    private final long clockErrorMillis;
    private long clockJumpMillis;
    private long greatestJumpMillis;
    private boolean hadWrongClock;
    private long frozenUntilMillis;
    private int life;
    private long logLostAt;
    private boolean damaged;
    private @Nullable Driver driver;

    // On disk.
    final Power power;
    final SimulatedDisk walDisk;
    final SimulatedDisk signerDisk;
    final List<Final> chain = new ArrayList<>();
    final TreeSet<Hash> candidates = new TreeSet<>();
    private Ledger flushed = new Ledger();

    /** What records of the log stand for; the bytes of inputs are tested where they are made. */
    private final List<Input> inputs = new ArrayList<>();

    private long firstInput;

    /**
     * @param flaw what makes it one of the faulty; null: it is none
     */
    Validator(World world, int node, int key, @Nullable Fault flaw, Voice voice) {
        this.world = world;
        this.node = node;
        this.key = key;
        this.flaw = flaw;
        this.voice = voice;
        this.id = NodeId.of(ByteBuffer.allocate(NodeId.SIZE).putInt(node).array());
        this.clockErrorMillis = world.random.nextInt(-100, 101);
        this.power = new Power(world);
        this.walDisk = new SimulatedDisk(power);
        this.signerDisk = new SimulatedDisk(power);
        SignerStateFile.create(signerDisk, 1).close();
    }

    int node() {
        return node;
    }

    int key() {
        return key;
    }

    NodeId id() {
        return id;
    }

    Voice voice() {
        return voice;
    }

    boolean has(Fault kind) {
        return flaw == kind;
    }

    /** Whether nothing but the surroundings is bad for it: it has to make progress. */
    boolean isHealthy() {
        return flaw == null;
    }

    /** Whether it follows the protocol in what it signs. */
    boolean isHonest() {
        return flaw != Fault.LIAR && flaw != Fault.TWIN;
    }

    @Nullable Driver driver() {
        return driver;
    }

    /** The height in progress. */
    long height() {
        return chain.size() + 1L;
    }

    long clock() {
        return world.now() + clockErrorMillis + clockJumpMillis;
    }

    /** The latest that its clock may have shown. */
    long latestClock() {
        return world.now() + clockErrorMillis + greatestJumpMillis;
    }

    boolean hasHadWrongClock() {
        return hadWrongClock;
    }

    /** Whether its log or its signer's file did not come back as they were. */
    boolean isDamaged() {
        return damaged;
    }

    /** Whether the log of the height in progress was lost in a crash. */
    boolean hasLostLog() {
        return logLostAt == height();
    }

    @Override
    public String toString() {
        return "validator " + node + (node == key ? "" : " with the key of " + key);
    }

    // Life and death

    void start() {
        if (driver == null && flaw != Fault.DEAD) {
            live(() -> {
                var next = new Driver(world, this);
                driver = next;
                next.resume();
            });
        }
    }

    void crash() {
        driver = null;
        int died = ++life;
        world.count();
        world.trace(node, -life);
        walDisk.crash(world.random);
        signerDisk.crash(world.random);
        if (world.strikes(Fault.LOST_LOG, 700_000) && world.canLoseLog(this)) {
            logLostAt = height();
            walDisk.wipe();
        }
        if (has(Fault.BIT_FLIP) && world.isFaulty()) {
            damaged = true;
            world.count();
            (world.random.nextInt(4) > 0 ? walDisk : signerDisk).flipBit(world.random);
        }
        world.after(
                100 + world.random.nextInt(3_000),
                () -> {
                    if (life == died) {
                        start();
                    }
                });
    }

    boolean isUp() {
        return driver != null;
    }

    /** Does something that may end this life. */
    private void live(Runnable action) {
        try {
            action.run();
        } catch (Power.Cut | StorageFailureException e) {
            crash();
        }
    }

    /** Does something later, unless {@code of} is over by then. */
    void later(Driver of, long delayMillis, Runnable action) {
        world.after(delayMillis, () -> act(of, action));
    }

    private void act(Driver of, Runnable action) {
        if (driver != of) {
            return;
        }
        long rest = frozenUntilMillis - world.now();
        if (rest > 0) {
            later(of, rest, action);
        } else {
            live(action);
        }
    }

    void receive(Validator from, Message message) {
        Driver now = driver;
        if (now != null) {
            act(now, () -> now.receive(from, message));
        }
    }

    // Trouble

    void freeze(long millis) {
        frozenUntilMillis = world.now() + millis;
    }

    void setClock(long jumpMillis) {
        clockJumpMillis = jumpMillis;
        greatestJumpMillis = Math.max(greatestJumpMillis, jumpMillis);
        hadWrongClock |= jumpMillis != 0;
    }

    // What is on disk

    Anchor anchor() {
        return chain.isEmpty()
                ? Anchor.first(World.GENESIS_MILLIS, World.GENESIS_MILLIS)
                : chain.getLast().anchor();
    }

    /** The state after the last block: the flushed one and what was decided since. */
    Ledger recover() {
        Ledger ledger = flushed.copy();
        for (Final block : chain.subList((int) ledger.height(), chain.size())) {
            World.Block made = block.block();
            ledger.execute(world.elections.keyOf(made.facts().proposer()), made.payments());
            world.judge.executed(this, ledger);
        }
        return ledger;
    }

    void flush(Ledger ledger) {
        power.around(() -> flushed = ledger.copy(), () -> {});
    }

    Bytes store(Input input) {
        inputs.add(input);
        long number = firstInput + inputs.size() - 1;
        return Bytes.owned(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    Input load(Bytes payload) {
        return inputs.get((int) (payload.asReadOnlyBuffer().getLong() - firstInput));
    }

    /** Nobody reads what was logged for heights that are over. */
    void forgetInputs() {
        firstInput += inputs.size();
        inputs.clear();
    }
}
