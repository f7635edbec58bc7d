package io.computronium.consensus.simulation;

import io.computronium.consensus.BlockFacts;
import io.computronium.consensus.Effect;
import io.computronium.consensus.Lock;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A faulty validator: it runs the protocol to know what is going on, and then says what harms. It
 * signs with its own key alone.
 */
final class Liar implements Validator.Voice {

    private static final long TICK_MILLIS = 250;

    /** What it does, each for some of its messages. */
    private enum Habit {
        /** Says different things to different validators: two blocks, two votes. */
        EQUIVOCATE,
        /** Votes for whatever is proposed, whatever it is locked on. */
        FORGET_LOCK,
        /** Votes nil. */
        REFUSE,
        /** Is silent towards some. */
        CENSOR,
        /** Says it up to three seconds late. */
        DAWDLE,
        /** Names a block and gives it to few. */
        WITHHOLD_BODY,
        /** Proposes what is invalid, untimely or not its own. */
        PROPOSE_BAD_BLOCK,
        /** Proposes by the prevotes of a round that had none, or other ones. */
        INVENT_POL_ROUND,
        /** Votes in rounds and heights far away, without end. */
        FLOOD,
        /** Signs in the name of others, for seats that are not, and certificates alone. */
        FORGE,
        /** Claims quorums that nobody has. */
        CLAIM
    }

    private enum Flaw {
        ROOT(false),
        PAYMENT(false),
        COMMIT(false),
        PARENT(false),
        HEIGHT(false),
        EARLY(false),
        FUTURE(true),
        OLD(true),
        FOREIGN(true);

        /** Whether it may be decided all the same, once a quorum has prevoted it. */
        final boolean isValid;

        Flaw(boolean isValid) {
            this.isValid = isValid;
        }
    }

    private final World world;
    private final SplittableRandom random;
    private final Set<Habit> habits = EnumSet.noneOf(Habit.class);
    private @Nullable Hash other;

    Liar(World world) {
        this.world = world;
        this.random = world.random;
        while (habits.isEmpty()) {
            for (Habit habit : Habit.values()) {
                if (random.nextInt(3) == 0) {
                    habits.add(habit);
                }
            }
        }
    }

    private boolean feelsLike(Habit habit) {
        boolean does = habits.contains(habit) && random.nextInt(2) == 0;
        if (does) {
            world.count();
        }
        return does;
    }

    @Override
    public void say(Driver driver, Effect.Message truth) {
        int seat = driver.seat();
        if (seat < 0) {
            return;
        }
        Message told = sign(driver, truth, seat);
        boolean censors = feelsLike(Habit.CENSOR);
        boolean withholds = feelsLike(Habit.WITHHOLD_BODY);
        long delay = feelsLike(Habit.DAWDLE) ? random.nextInt(3_000) : 0;
        Effect.Message lie = lie(driver, truth);
        Message liedAbout = lie == null ? told : sign(driver, lie, seat);
        boolean toAll = random.nextInt(4) == 0;
        for (Validator peer : world.validators) {
            if (censors && random.nextBoolean()) {
                continue;
            }
            int said = random.nextInt(5);
            if (lie != null && (toAll || said < 3)) {
                send(driver, peer, liedAbout, delay, withholds);
            }
            if (lie == null || !toAll && said > 1) {
                send(driver, peer, told, delay, withholds);
            }
        }
        driver.tellCore(told);
    }

    private Message sign(Driver driver, Effect.Message message, int seat) {
        world.judge.signs(driver, message);
        return Messages.signed(world, driver.self().key(), message, seat);
    }

    private void send(Driver driver, Validator to, Message message, long delay, boolean withholds) {
        driver.later(delay, () -> driver.send(to, message));
        if (message instanceof Message.Proposed(Proposal proposal)
                && !(withholds && random.nextInt(4) > 0)) {
            driver.later(delay, () -> driver.send(to, new Message.Body(proposal.blockId())));
        }
    }

    private Effect.@Nullable Message lie(Driver driver, Effect.Message truth) {
        return switch (truth) {
            case Effect.Propose p -> lie(driver, p);
            case Effect.CastVote v -> lie(driver, v);
        };
    }

    private Effect.@Nullable Propose lie(Driver driver, Effect.Propose truth) {
        int polRound = truth.polRound();
        Hash id = truth.blockId();
        if (feelsLike(Habit.INVENT_POL_ROUND)) {
            polRound = random.nextInt(-1, truth.round());
            List<Hash> known = new ArrayList<>(driver.complete());
            known.sort(null);
            if (!known.isEmpty()) {
                id = known.get(random.nextInt(known.size()));
            }
        }
        if (feelsLike(Habit.PROPOSE_BAD_BLOCK)) {
            id = variant(driver, truth.blockId(), pick(Flaw.values()));
        } else if (feelsLike(Habit.EQUIVOCATE)) {
            id = variant(driver, truth.blockId(), null);
        }
        other = id;
        return id.equals(truth.blockId()) && polRound == truth.polRound()
                ? null
                : new Effect.Propose(truth.height(), truth.round(), polRound, id, Lock.NONE);
    }

    private Effect.@Nullable CastVote lie(Driver driver, Effect.CastVote truth) {
        Hash proposed = driver.core().proposal(truth.round()).map(Proposal::blockId).orElse(null);
        Hash known =
                other != null && world.block(other).facts().height() == truth.height()
                        ? other
                        : proposed;
        Hash id = truth.blockId();
        if (feelsLike(Habit.FORGET_LOCK)) {
            id = proposed;
        }
        if (feelsLike(Habit.EQUIVOCATE)) {
            id = truth.blockId() == null || random.nextBoolean() ? known : null;
        }
        if (feelsLike(Habit.REFUSE)) {
            id = null;
        }
        return java.util.Objects.equals(id, truth.blockId())
                ? null
                : new Effect.CastVote(truth.kind(), truth.height(), truth.round(), id, Lock.NONE);
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    /**
     * Another block for the same height.
     *
     * @param flaw what is wrong with it; null: nothing
     */
    private Hash variant(Driver driver, Hash of, @Nullable Flaw flaw) {
        World.Block truth = world.block(of);
        BlockFacts facts = truth.facts();
        var parent = driver.current().parent();
        long height = facts.height() + (flaw == Flaw.HEIGHT ? 1 : 0);
        long time =
                switch (flaw) {
                    case EARLY -> parent.timeMillis() + random.nextInt(500);
                    case FUTURE -> facts.timeMillis() + 700 + random.nextInt(5_000);
                    case OLD -> parent.timeMillis() + 500;
                    case null, default -> facts.timeMillis();
                };
        int maker =
                flaw == Flaw.FOREIGN
                        ? random.nextInt(world.validators.size())
                        : driver.self().node();
        maker = world.validators.get(maker).key();
        List<Ledger.Payment> payments = flaw == null ? List.of() : truth.payments();
        if (flaw == Flaw.PAYMENT) {
            payments = List.of(new Ledger.Payment(0, 1_000_000, 1, 1));
        }
        Ledger after = driver.self().recover();
        after.execute(maker, payments);
        var commit = truth.lastCommit();
        boolean valid = flaw == null || flaw.isValid;
        if (flaw == Flaw.COMMIT) {
            commit = commit == null ? null : without(commit);
            valid = commit == null;
        }
        Hash id = World.hash(facts.height(), driver.self().node(), world.blocksMade());
        world.publish(
                new World.Block(
                        new BlockFacts(
                                id,
                                height,
                                flaw == Flaw.PARENT ? World.hash(7, 7, 7) : facts.parent(),
                                time,
                                world.keys.publicKey(maker)),
                        commit,
                        payments,
                        flaw == Flaw.ROOT ? World.hash(1, 2, 3) : after.root(),
                        valid));
        driver.complete().add(id);
        return id;
    }

    /** A certificate that lacks enough signatures. */
    private CommitCertificate without(CommitCertificate commit) {
        int size = world.elections.set(commit.height()).size();
        var one = new BitSet();
        one.set(commit.signers().toBitSet(size).nextSetBit(0));
        return new CommitCertificate(
                commit.height(),
                commit.round(),
                commit.blockId(),
                SignerBits.of(one, size),
                commit.signatures().subList(0, 1));
    }

    // Without being asked

    /** Begins what it does all the time. */
    void begin(Validator self) {
        world.after(
                TICK_MILLIS,
                () -> {
                    Driver driver = self.driver();
                    if (driver != null && driver.core().height() > 0 && driver.seat() >= 0) {
                        harass(driver);
                    }
                    begin(self);
                });
    }

    private int floodSize() {
        return world.keys instanceof Keys.Real ? 3 : 60;
    }

    private void harass(Driver driver) {
        int seat = driver.seat();
        long height = driver.core().height();
        Validator victim = world.validators.get((int) (height % world.validators.size()));
        int round = driver.core().round();
        if (feelsLike(Habit.FLOOD)) {
            for (int i = 0; i < floodSize(); i++) {
                long h = Math.max(1, height + pick(new Integer[] {-1, 0, 0, 0, 1, 1, 1, 9}));
                int r = random.nextInt(3) == 0 ? round + random.nextInt(6) : random.nextInt(10_000);
                VoteKind kind = pick(VoteKind.values());
                Hash id = random.nextBoolean() ? World.hash(-h, r, i) : null;
                if (h == height) {
                    var vote = new Effect.CastVote(kind, h, r, id, Lock.NONE);
                    driver.send(victim, sign(driver, vote, seat));
                } else {
                    driver.send(victim, new Message.Voted(forge(driver, kind, h, r, id, seat)));
                }
            }
        }
        if (feelsLike(Habit.CLAIM)) {
            for (int i = 0; i < 60; i++) {
                driver.send(
                        victim,
                        new Message.Claimed(
                                pick(VoteKind.values()),
                                height,
                                random.nextInt(round + 3),
                                random.nextBoolean() ? World.hash(-height, i, round) : other));
            }
        }
        if (feelsLike(Habit.FORGE)) {
            forge(driver, victim, height, round);
        }
    }

    private Vote forge(Driver driver, VoteKind kind, long h, int r, @Nullable Hash id, int index) {
        var unsigned = new Vote(kind, h, r, id, index, Signature.of(new byte[Signature.SIZE]));
        byte[] bytes = unsigned.signBytes(World.CHAIN);
        return new Vote(kind, h, r, id, index, world.keys.sign(driver.self().key(), bytes));
    }

    /** Votes of others, and a certificate, all with our own signature. */
    private void forge(Driver driver, Validator victim, long height, int round) {
        Hash id = driver.core().proposal(round).map(Proposal::blockId).orElse(World.GENESIS);
        int size = driver.current().validators().size();
        List<Signature> signatures = new ArrayList<>();
        for (int index = 0; index <= size; index++) {
            for (VoteKind kind : VoteKind.values()) {
                Vote vote = forge(driver, kind, height, round, id, index);
                if (index != driver.seat()) {
                    driver.send(victim, new Message.Voted(vote));
                }
                if (kind == VoteKind.PRECOMMIT && index < size) {
                    signatures.add(vote.signature());
                }
            }
        }
        var all = new BitSet();
        all.set(0, size);
        driver.send(
                victim,
                new Message.Certified(
                        new CommitCertificate(
                                height, round, id, SignerBits.of(all, size), signatures)));
        Signature own = signatures.get(0);
        driver.send(
                victim,
                new Message.Proposed(new Proposal(height, round, Proposal.NO_POL_ROUND, id, own)));
    }
}
