package io.computronium.consensus.simulation;

import io.computronium.consensus.BftCore;
import io.computronium.consensus.BlockFacts;
import io.computronium.consensus.Effect;
import io.computronium.consensus.GridPacing.Anchor;
import io.computronium.consensus.Input;
import io.computronium.consensus.Lock;
import io.computronium.consensus.Parent;
import io.computronium.consensus.Restored;
import io.computronium.consensus.Timer;
import io.computronium.consensus.Verdict;
import io.computronium.consensus.VoteView;
import io.computronium.primitives.Hash;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A core with a driver around it: log, signer, blocks, timers and gossip. */
class Validator {

    private static final long GOSSIP_MILLIS = 200;
    private static final Signature SIGNATURE = Signature.of(new byte[Signature.SIZE]);

    private record Final(BlockFacts block, CommitCertificate commit, Anchor anchor) {}

    /** What the signer's file holds. */
    private record Signed(
            long height, int round, int step, String content, Lock lock, Effect.Message message) {
        boolean allows(Signed next) {
            if (next.height != height) {
                return next.height > height;
            }
            if (next.round != round) {
                return next.round > round;
            }
            return next.step == step ? next.content.equals(content) : next.step > step;
        }
    }

    protected final World world;
    private final int index;
    private final long clockErrorMillis;

    // On disk. The log holds the inputs of the height in progress, the first `forced` of them for
    // sure.
    private final List<Input> log = new ArrayList<>();
    private int forced;
    private final List<Final> chain = new ArrayList<>();
    private final TreeSet<Hash> candidates = new TreeSet<>();
    private @Nullable Signed signed;

    // In memory.
    private boolean up;
    private int life;
    private BftCore core;
    private final TreeSet<Hash> bodies = new TreeSet<>();
    private final TreeSet<Hash> wanted = new TreeSet<>();
    private final Map<Timer, Integer> timers = new LinkedHashMap<>();

    Validator(World world, int index) {
        this.world = world;
        this.index = index;
        this.clockErrorMillis = world.random.nextInt(-100, 101);
        this.core = newCore();
    }

    private BftCore newCore() {
        return new BftCore(World.key(index));
    }

    int index() {
        return index;
    }

    boolean isUp() {
        return up;
    }

    boolean isHonest() {
        return true;
    }

    long height() {
        return chain.size() + 1L;
    }

    // Life and death

    void start() {
        if (up) {
            return;
        }
        up = true;
        bodies.addAll(candidates);
        boolean losesLog = index == 0 && world.faults.losesLog() && forced > 0;
        if (losesLog) {
            log.clear();
        }
        forced = log.size();
        Signed last = signed != null && signed.height == height() ? signed : null;
        core.step(
                startHeight(losesLog && last != null ? new Restored(last.round, last.lock) : null));
        log.stream().filter(this::isReplayable).forEach(core::step);
        if (last != null) {
            Input own = input(last.message, clock());
            log.add(own);
            core.step(own);
        }
        take(new Input.Resumed(clock()));
        int current = life;
        world.after(world.random.nextInt(200), () -> gossip(current));
    }

    /** A block that was not forced is gone; the core has to ask for it again. */
    private boolean isReplayable(Input input) {
        return switch (input) {
            case Input.BlockArrived(BlockFacts block, long at) -> candidates.contains(block.id());
            case Input.BlockBuilt(int round, BlockFacts block, long at) ->
                    candidates.contains(block.id());
            case Input.BlockJudged(Hash id, Verdict verdict, long at) -> candidates.contains(id);
            default -> true;
        };
    }

    void crash() {
        if (!up) {
            return;
        }
        up = false;
        life++;
        int survivors = world.random.nextInt(forced, log.size() + 1);
        log.subList(survivors, log.size()).clear();
        bodies.clear();
        wanted.clear();
        timers.clear();
        core = newCore();
        world.after(100 + world.random.nextInt(3_000), this::start);
    }

    private Input startHeight(@Nullable Restored restored) {
        boolean first = chain.isEmpty();
        Parent parent =
                first
                        ? new Parent(World.GENESIS, World.GENESIS_MILLIS, world.set, null)
                        : new Parent(
                                chain.getLast().block().id(),
                                chain.getLast().block().timeMillis(),
                                world.set,
                                chain.getLast().commit());
        return new Input.StartHeight(
                height(),
                parent,
                world.set,
                world.order,
                World.PARAMETERS,
                world.pacing().targetMillis(anchor(), height()),
                restored,
                clock());
    }

    private Anchor anchor() {
        return chain.isEmpty()
                ? Anchor.first(World.GENESIS_MILLIS, World.GENESIS_MILLIS)
                : chain.getLast().anchor();
    }

    private long clock() {
        return world.now() + clockErrorMillis;
    }

    // Inputs and effects

    void take(Input input) {
        if (!up) {
            return;
        }
        world.saw(this, input);
        if (input instanceof Input.InHeight && !(input instanceof Input.Resumed)) {
            log.add(input);
        }
        int current = life;
        for (Effect effect : core.step(input)) {
            if (life == current) {
                carryOut(effect);
            }
        }
    }

    private void later(long delayMillis, Runnable action) {
        int current = life;
        world.after(
                delayMillis,
                () -> {
                    if (life == current) {
                        action.run();
                    }
                });
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.OpenBlock open -> {}
            case Effect.StepEntered entered -> {}
            case Effect.ClockBehind behind -> {}
            case Effect.BuildBlock build -> later(executionMillis(), () -> built(build));
            case Effect.JudgeBlock(Hash id) ->
                    later(
                            executionMillis(),
                            () -> take(new Input.BlockJudged(id, verdict(id), clock())));
            case Effect.FetchBlock(Hash id) -> {
                wanted.add(id);
                if (bodies.contains(id)) {
                    later(0, () -> arrived(id));
                }
            }
            case Effect.SetTimer(Timer timer, long delay) -> {
                int number = timers.merge(timer, 1, Integer::sum);
                later(
                        delay,
                        () -> {
                            if (timers.getOrDefault(timer, 0) == number) {
                                take(new Input.TimerFired(timer, clock()));
                            }
                        });
            }
            case Effect.Message message -> say(message);
            case Effect.Decide decision -> decided(decision);
            case Effect.FoundEvidence(var evidence) -> world.found(evidence);
            case Effect.Halt(String reason) -> throw new AssertionError(this + ": " + reason);
        }
    }

    private long executionMillis() {
        return world.happens(world.faults.slowPercent())
                ? world.random.nextInt(3_000)
                : 5 + world.random.nextInt(40);
    }

    private Verdict verdict(Hash id) {
        return world.isValid(id) ? Verdict.VALID : Verdict.INVALID;
    }

    private void built(Effect.BuildBlock build) {
        Hash parent = chain.isEmpty() ? World.GENESIS : chain.getLast().block().id();
        if (build.height() == height()) {
            var block = world.makeBlock(build.height(), parent, build.timeMillis(), index, true);
            bodies.add(block.id());
            if (world.random.nextBoolean()) {
                candidates.add(block.id()); // the disk was quick; it has to be before a precommit
            }
            take(new Input.BlockBuilt(build.round(), block, clock()));
        }
    }

    /** Log, signer, network, and back to the core; with a crash possible at every point between. */
    private void say(Effect.Message message) {
        if (crashes()) {
            return;
        }
        forced = log.size();
        if (message instanceof Effect.CastVote vote
                && vote.kind() == VoteKind.PRECOMMIT
                && vote.blockId() != null) {
            candidates.add(vote.blockId());
        }
        Signed next = toSign(message);
        if (crashes() || !mayVoice(next)) {
            return;
        }
        signed = next;
        signs(message);
        if (crashes()) {
            return;
        }
        voice(message);
        if (!crashes()) {
            Input own = input(message, clock());
            later(0, () -> take(own));
        }
    }

    private boolean crashes() {
        if (world.happens(world.faults.crashPercent()) && world.happens(10)) {
            crash();
        }
        return !up;
    }

    /** Whether the signer signs. */
    boolean mayVoice(Object next) {
        return signed == null || signed.allows((Signed) next);
    }

    private static Signed toSign(Effect.Message message) {
        return switch (message) {
            case Effect.Propose p ->
                    new Signed(
                            p.height(),
                            p.round(),
                            0,
                            p.polRound() + " " + p.blockId(),
                            p.lock(),
                            p);
            case Effect.CastVote v ->
                    new Signed(
                            v.height(),
                            v.round(),
                            v.kind() == VoteKind.PREVOTE ? 1 : 2,
                            String.valueOf(v.blockId()),
                            v.lock(),
                            v);
        };
    }

    /** Lets the judge see what was signed, sent or not. */
    void signs(Effect.Message message) {
        world.honestlySays(this, message);
    }

    /** Sends a signed message to all others. */
    void voice(Effect.Message message) {
        world.validators.forEach(peer -> tell(peer, message));
    }

    /** Sends a message to one peer, a proposal with its block. */
    final void tell(Validator peer, Effect.Message message) {
        if (peer.index != index) {
            world.send(this, peer, () -> peer.take(input(message, peer.clock())));
            if (message instanceof Effect.Propose propose) {
                world.send(this, peer, () -> peer.received(propose.blockId()));
            }
        }
    }

    private Input input(Effect.Message message, long at) {
        return switch (message) {
            case Effect.Propose p ->
                    new Input.ProposalArrived(
                            new Proposal(
                                    p.height(), p.round(), p.polRound(), p.blockId(), SIGNATURE),
                            at);
            case Effect.CastVote v ->
                    new Input.VoteArrived(
                            new Vote(
                                    v.kind(), v.height(), v.round(), v.blockId(), index, SIGNATURE),
                            at);
        };
    }

    private void received(Hash id) {
        bodies.add(id);
        if (wanted.contains(id)) {
            arrived(id);
        }
    }

    private void arrived(Hash id) {
        take(new Input.BlockArrived(world.block(id), clock()));
    }

    private void decided(Effect.Decide decision) {
        world.decides(decision);
        BlockFacts block = world.block(decision.blockId());
        Anchor next = world.pacing().next(anchor(), block.height(), block.timeMillis());
        chain.add(new Final(block, decision.commit(), next));
        candidates.add(block.id());
        log.clear();
        forced = 0;
        later(
                5 + world.random.nextInt(60),
                () -> {
                    wanted.clear();
                    timers.clear();
                    take(startHeight(null));
                });
    }

    // Gossip: each asks one peer at a time for what it lacks.

    private void gossip(int ofLife) {
        if (life != ofLife) {
            return;
        }
        Validator peer = world.validators.get(world.random.nextInt(world.validators.size()));
        if (peer.index != index && peer.up) {
            peer.help(this);
        }
        world.after(GOSSIP_MILLIS, () -> gossip(ofLife));
    }

    private void help(Validator peer) {
        long height = peer.height();
        for (Hash id : peer.wanted) {
            if (bodies.contains(id)) {
                world.send(this, peer, () -> peer.received(id));
            }
        }
        if (height < height()) {
            Final block = chain.get((int) height - 1);
            world.send(this, peer, () -> peer.take(commit(block, peer)));
            if (peer.wanted.contains(block.block().id())) {
                world.send(this, peer, () -> peer.received(block.block().id()));
            }
        } else if (core.height() == height && peer.core.height() == height) {
            for (int round = 0; round <= core.round() + 1; round++) {
                helpWithRound(peer, round);
            }
        }
    }

    private static Input commit(Final block, Validator peer) {
        return new Input.CommitArrived(block.commit(), peer.clock());
    }

    private void helpWithRound(Validator peer, int round) {
        core.proposal(round)
                .filter(proposal -> peer.core.proposal(round).isEmpty())
                .ifPresent(proposal ->
                        world.send(
                                this,
                                peer,
                                () ->
                                        peer.take(
                                                new Input.ProposalArrived(
                                                        proposal, peer.clock()))));
        for (VoteKind kind : VoteKind.values()) {
            VoteView votes = core.votes(round, kind).orElse(null);
            if (votes != null) {
                votes.majority().ifPresent(m -> claim(peer, kind, round, m.blockId()));
                VoteView known = peer.core.votes(round, kind).orElse(null);
                for (int i = 0; i < world.set.size(); i++) {
                    pass(peer, votes, known, i);
                }
            }
        }
    }

    /** Passes on a vote that the peer lacks: the one that counts, and one for a quorum's block. */
    private void pass(Validator peer, VoteView votes, @Nullable VoteView known, int voter) {
        Vote vote = votes.vote(voter).orElse(null);
        Vote forMajority =
                votes.majority().flatMap(m -> votes.voteFor(m.blockId(), voter)).orElse(vote);
        for (Vote each : new Vote[] {vote, forMajority}) {
            if (each != null && (known == null || !known.votersFor(each.blockId()).get(voter))) {
                world.send(this, peer, () -> peer.take(new Input.VoteArrived(each, peer.clock())));
            }
        }
    }

    private void claim(Validator peer, VoteKind kind, int round, @Nullable Hash id) {
        long height = core.height();
        byte[] name = new byte[NodeId.SIZE];
        name[0] = (byte) index;
        NodeId self = NodeId.of(name);
        world.send(
                this,
                peer,
                () ->
                        peer.take(
                                new Input.Maj23Claimed(
                                        self, kind, height, round, id, peer.clock())));
    }

    @Override
    public String toString() {
        return "validator " + index;
    }
}
