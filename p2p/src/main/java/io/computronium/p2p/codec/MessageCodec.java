package io.computronium.p2p.codec;

import io.computronium.p2p.Hello;
import io.computronium.p2p.message.BlockGossip;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.ConsensusGossip;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.p2p.message.TransactionBatch;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.BftCodec;

/** Messages to frames and back. The two switches list every message once each. */
public final class MessageCodec {

    private MessageCodec() {}

    public static Frame encode(Hello hello) {
        return Frame.of(FrameType.HELLO, HelloCodec.HELLO.encode(hello));
    }

    /**
     * @throws MalformedDataException if it is not a Hello in canonical encoding
     */
    public static Hello decodeHello(Frame frame) {
        MalformedDataException.unless(frame.type() == FrameType.HELLO, "not a Hello");
        return HelloCodec.HELLO.decode(frame.payload().toArray());
    }

    public static Frame encode(PeerMessage message) {
        return switch (message) {
            case ConsensusGossip gossip -> encode(gossip);
            case BlockGossip gossip -> encode(gossip);
            case BlockSync sync -> encode(sync);
            case TransactionBatch m ->
                    Frame.of(FrameType.TRANSACTION_BATCH, TransactionBatchCodec.BATCH.encode(m));
        };
    }

    private static Frame encode(ConsensusGossip message) {
        return switch (message) {
            case ConsensusGossip.ProposalGossip m ->
                    Frame.of(FrameType.PROPOSAL, BftCodec.PROPOSAL.encode(m.proposal()));
            case ConsensusGossip.VoteGossip m ->
                    Frame.of(FrameType.VOTE, BftCodec.VOTE.encode(m.vote()));
            case ConsensusGossip.NewStep m ->
                    Frame.of(FrameType.NEW_STEP, ConsensusGossipCodec.NEW_STEP.encode(m));
            case ConsensusGossip.HasVote m ->
                    Frame.of(FrameType.HAS_VOTE, ConsensusGossipCodec.HAS_VOTE.encode(m));
            case ConsensusGossip.Maj23 m ->
                    Frame.of(FrameType.MAJ23, ConsensusGossipCodec.MAJ23.encode(m));
            case ConsensusGossip.VoteBits m ->
                    Frame.of(FrameType.VOTE_BITS, ConsensusGossipCodec.VOTE_BITS.encode(m));
            case ConsensusGossip.CommitRequest m ->
                    Frame.of(
                            FrameType.COMMIT_REQUEST,
                            ConsensusGossipCodec.COMMIT_REQUEST.encode(m));
            case ConsensusGossip.CommitResponse m ->
                    Frame.of(FrameType.COMMIT_RESPONSE, BftCodec.COMMIT.encode(m.certificate()));
            case ConsensusGossip.EvidenceGossip m ->
                    Frame.of(FrameType.EVIDENCE, BftCodec.EVIDENCE.encode(m.evidence()));
        };
    }

    private static Frame encode(BlockGossip message) {
        return switch (message) {
            case BlockGossip.CompactBlock m ->
                    Frame.of(FrameType.COMPACT_BLOCK, BlockGossipCodec.COMPACT_BLOCK.encode(m));
            case BlockGossip.CompactBlockHashes m ->
                    Frame.of(FrameType.COMPACT_BLOCK_HASHES, BlockGossipCodec.HASHES.encode(m));
            case BlockGossip.CompactBlockRequest m ->
                    Frame.of(
                            FrameType.COMPACT_BLOCK_REQUEST,
                            BlockGossipCodec.COMPACT_BLOCK_REQUEST.encode(m));
            case BlockGossip.BodiesRequest m ->
                    Frame.of(FrameType.BODIES_REQUEST, BlockGossipCodec.REQUEST.encode(m));
            case BlockGossip.BodiesResponse m ->
                    Frame.of(FrameType.BODIES_RESPONSE, BlockGossipCodec.RESPONSE.encode(m));
        };
    }

    private static Frame encode(BlockSync message) {
        return switch (message) {
            case BlockSync.StatusRequest m ->
                    Frame.of(FrameType.STATUS_REQUEST, BlockSyncCodec.STATUS_REQUEST.encode(m));
            case BlockSync.Status m -> Frame.of(FrameType.STATUS, BlockSyncCodec.STATUS.encode(m));
            case BlockSync.BlockRequest m ->
                    Frame.of(FrameType.BLOCK_REQUEST, BlockSyncCodec.REQUEST.encode(m));
            case BlockSync.BlockHead m ->
                    Frame.of(FrameType.BLOCK_HEAD, BlockSyncCodec.HEAD.encode(m));
            case BlockSync.BlockPart m ->
                    Frame.of(FrameType.BLOCK_PART, BlockSyncCodec.PART.encode(m));
            case BlockSync.BlockUnavailable m ->
                    Frame.of(FrameType.BLOCK_UNAVAILABLE, BlockSyncCodec.UNAVAILABLE.encode(m));
        };
    }

    /**
     * @throws MalformedDataException if the payload is not the canonical encoding of a message of
     *     its type, or the type is one that is not for listeners (Hello, ping)
     */
    public static PeerMessage decode(Frame frame) {
        byte[] payload = frame.payload().toArray();
        return switch (frame.type()) {
            case PROPOSAL -> new ConsensusGossip.ProposalGossip(BftCodec.PROPOSAL.decode(payload));
            case VOTE -> new ConsensusGossip.VoteGossip(BftCodec.VOTE.decode(payload));
            case NEW_STEP -> ConsensusGossipCodec.NEW_STEP.decode(payload);
            case HAS_VOTE -> ConsensusGossipCodec.HAS_VOTE.decode(payload);
            case MAJ23 -> ConsensusGossipCodec.MAJ23.decode(payload);
            case VOTE_BITS -> ConsensusGossipCodec.VOTE_BITS.decode(payload);
            case COMMIT_REQUEST -> ConsensusGossipCodec.COMMIT_REQUEST.decode(payload);
            case COMMIT_RESPONSE ->
                    new ConsensusGossip.CommitResponse(BftCodec.COMMIT.decode(payload));
            case EVIDENCE -> new ConsensusGossip.EvidenceGossip(BftCodec.EVIDENCE.decode(payload));
            case COMPACT_BLOCK -> BlockGossipCodec.COMPACT_BLOCK.decode(payload);
            case COMPACT_BLOCK_HASHES -> BlockGossipCodec.HASHES.decode(payload);
            case COMPACT_BLOCK_REQUEST -> BlockGossipCodec.COMPACT_BLOCK_REQUEST.decode(payload);
            case BODIES_REQUEST -> BlockGossipCodec.REQUEST.decode(payload);
            case BODIES_RESPONSE -> BlockGossipCodec.RESPONSE.decode(payload);
            case STATUS_REQUEST -> BlockSyncCodec.STATUS_REQUEST.decode(payload);
            case STATUS -> BlockSyncCodec.STATUS.decode(payload);
            case BLOCK_REQUEST -> BlockSyncCodec.REQUEST.decode(payload);
            case BLOCK_HEAD -> BlockSyncCodec.HEAD.decode(payload);
            case BLOCK_PART -> BlockSyncCodec.PART.decode(payload);
            case BLOCK_UNAVAILABLE -> BlockSyncCodec.UNAVAILABLE.decode(payload);
            case TRANSACTION_BATCH -> TransactionBatchCodec.BATCH.decode(payload);
            case HELLO, PING -> throw new MalformedDataException("not a message: " + frame.type());
        };
    }
}
