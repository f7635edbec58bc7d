package io.computronium.node.driver;

import io.computronium.consensus.BftCore;
import io.computronium.consensus.Input;
import io.computronium.consensus.Step;
import io.computronium.consensus.VoteView;
import io.computronium.node.execution.ChainTip;
import io.computronium.node.network.Outbox;
import io.computronium.p2p.message.BlockGossip;
import io.computronium.p2p.message.BlockGossip.BodiesRequest;
import io.computronium.p2p.message.BlockGossip.BodiesResponse;
import io.computronium.p2p.message.BlockGossip.CompactBlock;
import io.computronium.p2p.message.BlockGossip.CompactBlockHashes;
import io.computronium.p2p.message.BlockGossip.CompactBlockRequest;
import io.computronium.p2p.message.ConsensusGossip;
import io.computronium.p2p.message.ConsensusGossip.CommitRequest;
import io.computronium.p2p.message.ConsensusGossip.CommitResponse;
import io.computronium.p2p.message.ConsensusGossip.EvidenceGossip;
import io.computronium.p2p.message.ConsensusGossip.HasVote;
import io.computronium.p2p.message.ConsensusGossip.Maj23;
import io.computronium.p2p.message.ConsensusGossip.NewStep;
import io.computronium.p2p.message.ConsensusGossip.ProposalGossip;
import io.computronium.p2p.message.ConsensusGossip.RoundStep;
import io.computronium.p2p.message.ConsensusGossip.VoteBits;
import io.computronium.p2p.message.ConsensusGossip.VoteGossip;
import io.computronium.p2p.message.IndexSet;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.storage.block.BlockStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What peers say to consensus, checked, and what is answered. For the consensus thread.
 *
 * <p>Losses are repaired on demand: a node that has been in one step for a while says so again, and
 * whoever hears the same step twice sends the proposal and the votes of that round. So nothing is
 * repeated as long as all goes well.
 */
final class PeerMessages {

    /** A step that lasts longer than this is announced again. */
    private static final long STUCK_MILLIS = 250;

    /** A block that is still incomplete after this is asked for again. */
    private static final long FETCH_AGAIN_MILLIS = 200;

    /** Messages for the next height that are kept until it begins; more are dropped. */
    private static final int MAX_EARLY = 64;

    /** Of those, from one peer, so that none can keep out the others. */
    private static final int MAX_EARLY_OF_PEER = 8;

    private final ConsensusDriver driver;
    private final ChainIdentity chain;
    private final BftCore core;
    private final Outbox outbox;
    private final BlockStore blockLog;
    private final TransactionPool pool;
    private final BlockAssembler assembler;
    private final Map<NodeId, NewStep> peerSteps = new HashMap<>();
    private final Queue<Early> early = new ArrayDeque<>();
    private @Nullable ValidatorSet parentValidators;
    private long announcedAtMillis;
    private long fetchedAtMillis;

    /** A message for a height that has not begun here. */
    private record Early(NodeId peer, PeerMessage message) {}

    PeerMessages(
            ConsensusDriver driver,
            ChainIdentity chain,
            BftCore core,
            Outbox outbox,
            BlockStore blockLog,
            TransactionPool pool) {
        this.driver = driver;
        this.chain = chain;
        this.core = core;
        this.outbox = outbox;
        this.blockLog = blockLog;
        this.pool = pool;
        this.assembler = new BlockAssembler(pool::byWireHash);
    }

    void connected(NodeId peer) {
        if (driver.hasBegun()) {
            outbox.send(peer, newStep());
        }
    }

    void disconnected(NodeId peer) {
        peerSteps.remove(peer);
    }

    /** A height begins; {@code head} is the one before. */
    void startHeight(ChainTip head) {
        parentValidators = head.validators();
        assembler.clear();
    }

    /** Hands out what came too early for the height that has begun now. */
    void replayEarly() {
        List<Early> waiting = new ArrayList<>(early);
        early.clear();
        for (Early message : waiting) {
            switch (message.message()) {
                case ProposalGossip proposal -> driver.received(message.peer(), proposal);
                case BlockGossip block -> driver.received(message.peer(), block);
                case PeerMessage other -> {}
            }
        }
    }

    void received(NodeId peer, ConsensusGossip message) {
        if (!driver.hasBegun()) {
            return;
        }
        switch (message) {
            case VoteGossip gossip -> vote(gossip.vote());
            case ProposalGossip gossip -> proposal(peer, gossip);
            case NewStep step -> step(peer, step);
            case Maj23 claim -> claim(peer, claim);
            case CommitRequest request ->
                    blockLog.certificate(request.height())
                            .ifPresent(commit -> outbox.send(peer, new CommitResponse(commit)));
            case CommitResponse response -> commit(response);
            case EvidenceGossip gossip -> driver.accuse(gossip.evidence());
            case HasVote has -> {} // thrift that a mesh of this size does without
            case VoteBits bits -> {}
        }
    }

    void received(NodeId peer, BlockGossip message) {
        if (!driver.hasBegun()) {
            return;
        }
        switch (message) {
            case CompactBlock block -> compactBlock(peer, block);
            case CompactBlockHashes hashes -> progress(peer, assembler.onHashes(peer, hashes));
            case CompactBlockRequest request -> sendCompactBlock(peer, request.blockId());
            case BodiesRequest request -> sendBodies(peer, request);
            case BodiesResponse response -> progress(peer, assembler.onBodies(response));
        }
    }

    // ---- votes and proposals

    private void vote(Vote vote) {
        long ahead = vote.height() - core.height();
        ValidatorSet set =
                ahead == -1 && parentValidators != null
                        ? parentValidators
                        : driver.current().validators();
        Optional<Validator> voter = set.find(vote.validatorIndex());
        if (ahead < -1 || ahead > 1 || voter.isEmpty() || (ahead == 0 && isHeld(vote))) {
            return;
        }
        if (!Ed25519.verify(voter.get().publicKey(), vote.signBytes(chain), vote.signature())) {
            // The next height may have other validators, so only now it is certainly wrong.
            MalformedDataException.unless(ahead != 0, "vote: bad signature");
            return;
        }
        driver.feed(new Input.VoteArrived(vote, driver.wallMillis()));
    }

    private boolean isHeld(Vote vote) {
        return core.votes(vote.round(), vote.kind())
                .flatMap(view -> view.voteFor(vote.blockId(), vote.validatorIndex()))
                .isPresent();
    }

    private void proposal(NodeId peer, ProposalGossip gossip) {
        Proposal proposal = gossip.proposal();
        if (proposal.height() == core.height() + 1) {
            keepEarly(peer, gossip);
            return;
        }
        if (proposal.height() != core.height()
                || core.proposal(proposal.round()).filter(proposal::equals).isPresent()) {
            return;
        }
        Input.StartHeight current = driver.current();
        int proposer = current.order().proposer(proposal.height(), proposal.round());
        MalformedDataException.unless(
                Ed25519.verify(
                        current.validators().get(proposer).publicKey(),
                        proposal.signBytes(chain),
                        proposal.signature()),
                "proposal: not signed by the proposer of its round");
        driver.feed(new Input.ProposalArrived(proposal, driver.wallMillis()));
    }

    private void keepEarly(NodeId peer, PeerMessage message) {
        long ofPeer = early.stream().filter(kept -> kept.peer().equals(peer)).count();
        if (early.size() < MAX_EARLY && ofPeer < MAX_EARLY_OF_PEER) {
            early.add(new Early(peer, message));
        }
    }

    private void claim(NodeId peer, Maj23 claim) {
        if (claim.height() == core.height()) {
            driver.feed(
                    new Input.Maj23Claimed(
                            peer,
                            claim.kind(),
                            claim.height(),
                            claim.round(),
                            claim.blockId(),
                            driver.wallMillis()));
        }
    }

    private void commit(CommitResponse response) {
        var commit = response.certificate();
        if (commit.height() == core.height()) {
            MalformedDataException.unless(
                    commit.isValid(chain, driver.current().validators(), Ed25519::verify),
                    "commit: proves nothing");
            driver.feed(new Input.CommitArrived(commit, driver.wallMillis()));
        }
    }

    // ---- blocks

    void want(Hash blockId) {
        if (assembler.want(blockId) instanceof BlockAssembler.Progress.Complete done) {
            driver.blockArrived(done.blockId(), done.assembled());
        } else {
            pinned(blockId);
            fetchedAtMillis = driver.monotonicMillis();
        }
    }

    private void compactBlock(NodeId peer, CompactBlock block) {
        long ahead = block.header().height() - core.height();
        if (ahead == 0) {
            progress(peer, assembler.onCompactBlock(peer, block));
        } else if (ahead == 1) {
            keepEarly(peer, block);
        }
    }

    private void progress(NodeId peer, BlockAssembler.Progress progress) {
        switch (progress) {
            case BlockAssembler.Progress.Complete done ->
                    driver.blockArrived(done.blockId(), done.assembled());
            case BlockAssembler.Progress.Missing missing -> {
                pinned(missing.blockId());
                outbox.send(peer, new BodiesRequest(missing.blockId(), missing.indexes()));
            }
            case BlockAssembler.Progress.Waiting waiting -> {}
        }
    }

    private void pinned(Hash blockId) {
        assembler.wireHashes(blockId).ifPresent(hashes -> pool.pin(blockId, hashes));
    }

    private void sendCompactBlock(NodeId peer, Hash blockId) {
        find(blockId)
                .ifPresent(block ->
                        CompactBlock.framesOf(blockId, block)
                                .forEach(frame -> outbox.send(peer, frame)));
    }

    private void sendBodies(NodeId peer, BodiesRequest request) {
        BitSet wanted = request.indexes().toBitSet();
        List<Bytes> bodies = new ArrayList<>();
        IndexSet found = IndexSet.EMPTY;
        Optional<Block> block = find(request.blockId());
        if (block.isPresent() && wanted.length() <= block.get().transactions().size()) {
            wanted.stream().forEach(i -> bodies.add(block.get().transactions().get(i).bytes()));
            found = request.indexes();
        }
        BodiesResponse.framesOf(request.blockId(), found, bodies)
                .forEach(frame -> outbox.send(peer, frame));
    }

    private Optional<Block> find(Hash blockId) {
        return driver.block(blockId).or(() -> logged(blockId));
    }

    private Optional<Block> logged(Hash blockId) {
        var height = blockLog.heightOf(blockId);
        return height.isPresent() ? blockLog.block(height.getAsLong()) : Optional.empty();
    }

    // ---- steps and repair

    /** Tells everyone where we are. */
    void announce() {
        announcedAtMillis = driver.monotonicMillis();
        outbox.broadcast(newStep());
        announceMajorities();
    }

    private void announceMajorities() {
        for (VoteKind kind : VoteKind.values()) {
            core.votes(core.round(), kind)
                    .flatMap(VoteView::majority)
                    .ifPresent(majority ->
                            outbox.broadcast(
                                    new Maj23(
                                            core.height(),
                                            core.round(),
                                            kind,
                                            majority.blockId())));
        }
    }

    private NewStep newStep() {
        var parent = driver.current().parent().commit();
        return new NewStep(
                core.height(),
                Math.max(0, core.round()),
                stepOf(core.step()),
                parent == null ? NewStep.NO_COMMIT : parent.round());
    }

    private static RoundStep stepOf(Step step) {
        return switch (step) {
            case NEW_HEIGHT, PROPOSE -> RoundStep.PROPOSE;
            case PREVOTE -> RoundStep.PREVOTE;
            case PRECOMMIT, DECIDED -> RoundStep.PRECOMMIT;
        };
    }

    private void step(NodeId peer, NewStep step) {
        NewStep before = peerSteps.put(peer, step);
        if (step.height() == core.height() && step.equals(before)) {
            sendRound(peer, step.round());
            if (core.round() > step.round()) {
                sendRound(peer, core.round());
            }
        }
    }

    private void sendRound(NodeId peer, int round) {
        core.proposal(round).ifPresent(proposal -> outbox.send(peer, new ProposalGossip(proposal)));
        for (VoteKind kind : VoteKind.values()) {
            core.votes(round, kind).ifPresent(view -> sendVotes(peer, view));
        }
    }

    private void sendVotes(NodeId peer, VoteView view) {
        view.voters().stream()
                .mapToObj(view::vote)
                .flatMap(Optional::stream)
                .forEach(vote -> outbox.send(peer, new VoteGossip(vote)));
    }

    /** Repeats what may have been lost. */
    void tick() {
        long now = driver.monotonicMillis();
        if (!driver.isWaiting() && now - announcedAtMillis >= STUCK_MILLIS) {
            announce();
        }
        if (now - fetchedAtMillis >= FETCH_AGAIN_MILLIS) {
            fetchedAtMillis = now;
            assembler
                    .unheard()
                    .forEach(blockId -> outbox.broadcast(new CompactBlockRequest(blockId)));
            for (var missing : assembler.incomplete()) {
                outbox.broadcast(new BodiesRequest(missing.blockId(), missing.indexes()));
            }
        }
    }
}
