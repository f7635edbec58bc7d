package io.computronium.p2p.codec;

import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toBytes;
import static io.computronium.primitives.codec.WireValues.toHash;
import static io.computronium.primitives.codec.WireValues.toInt;

import io.computronium.p2p.message.BlockGossip.BodiesRequest;
import io.computronium.p2p.message.BlockGossip.BodiesResponse;
import io.computronium.p2p.message.BlockGossip.CompactBlock;
import io.computronium.p2p.message.BlockGossip.CompactBlockHashes;
import io.computronium.p2p.message.BlockGossip.CompactBlockRequest;
import io.computronium.p2p.message.IndexSet;
import io.computronium.primitives.codec.CanonicalCodec;
import io.computronium.primitives.codec.Codec;
import io.computronium.primitives.proto.BodiesRequestMessage;
import io.computronium.primitives.proto.BodiesResponseMessage;
import io.computronium.primitives.proto.CompactBlockHashesMessage;
import io.computronium.primitives.proto.CompactBlockMessage;
import io.computronium.primitives.proto.CompactBlockRequestMessage;

final class BlockGossipCodec {

    static final Codec<CompactBlock> COMPACT_BLOCK =
            CanonicalCodec.of(
                    CompactBlockMessage.getDefaultInstance(),
                    FrameType.COMPACT_BLOCK.maxBytes(),
                    BlockGossipCodec::compactBlock,
                    BlockGossipCodec::message);

    static final Codec<CompactBlockHashes> HASHES =
            CanonicalCodec.of(
                    CompactBlockHashesMessage.getDefaultInstance(),
                    FrameType.COMPACT_BLOCK_HASHES.maxBytes(),
                    BlockGossipCodec::hashes,
                    BlockGossipCodec::message);

    static final Codec<CompactBlockRequest> COMPACT_BLOCK_REQUEST =
            CanonicalCodec.of(
                    CompactBlockRequestMessage.getDefaultInstance(),
                    FrameType.COMPACT_BLOCK_REQUEST.maxBytes(),
                    m -> new CompactBlockRequest(toHash(m.getBlockId())),
                    request ->
                            CompactBlockRequestMessage.newBuilder()
                                    .setBlockId(toByteString(request.blockId()))
                                    .build());

    static final Codec<BodiesRequest> REQUEST =
            CanonicalCodec.of(
                    BodiesRequestMessage.getDefaultInstance(),
                    FrameType.BODIES_REQUEST.maxBytes(),
                    BlockGossipCodec::request,
                    BlockGossipCodec::message);

    static final Codec<BodiesResponse> RESPONSE =
            CanonicalCodec.of(
                    BodiesResponseMessage.getDefaultInstance(),
                    FrameType.BODIES_RESPONSE.maxBytes(),
                    BlockGossipCodec::response,
                    BlockGossipCodec::message);

    private BlockGossipCodec() {}

    private static CompactBlock compactBlock(CompactBlockMessage m) {
        return new CompactBlock(
                Parts.header(m.getHeader()),
                m.hasLastCommit() ? Parts.commit(m.getLastCommit()) : null,
                Parts.evidence(m.getEvidenceList()),
                toInt(m.getTransactionCount(), "compactBlock.transactionCount"),
                Parts.hashes(m.getWireHashesList()));
    }

    private static CompactBlockMessage message(CompactBlock block) {
        var m =
                CompactBlockMessage.newBuilder()
                        .setHeader(Parts.header(block.header()))
                        .addAllEvidence(Parts.evidenceBytes(block.evidence()))
                        .setTransactionCount(block.transactionCount())
                        .addAllWireHashes(Parts.byteStrings(block.wireHashes()));
        if (block.lastCommit() != null) {
            m.setLastCommit(Parts.commit(block.lastCommit()));
        }
        return m.build();
    }

    private static CompactBlockHashes hashes(CompactBlockHashesMessage m) {
        return new CompactBlockHashes(
                toHash(m.getBlockId()),
                toInt(m.getOffset(), "compactBlockHashes.offset"),
                Parts.hashes(m.getWireHashesList()));
    }

    private static CompactBlockHashesMessage message(CompactBlockHashes hashes) {
        return CompactBlockHashesMessage.newBuilder()
                .setBlockId(toByteString(hashes.blockId()))
                .setOffset(hashes.offset())
                .addAllWireHashes(Parts.byteStrings(hashes.wireHashes()))
                .build();
    }

    private static BodiesRequest request(BodiesRequestMessage m) {
        return new BodiesRequest(toHash(m.getBlockId()), new IndexSet(toBytes(m.getIndexes())));
    }

    private static BodiesRequestMessage message(BodiesRequest request) {
        return BodiesRequestMessage.newBuilder()
                .setBlockId(toByteString(request.blockId()))
                .setIndexes(toByteString(request.indexes().bits()))
                .build();
    }

    private static BodiesResponse response(BodiesResponseMessage m) {
        return new BodiesResponse(
                toHash(m.getBlockId()),
                new IndexSet(toBytes(m.getIndexes())),
                Parts.transactions(m.getTransactionsList()));
    }

    private static BodiesResponseMessage message(BodiesResponse response) {
        return BodiesResponseMessage.newBuilder()
                .setBlockId(toByteString(response.blockId()))
                .setIndexes(toByteString(response.indexes().bits()))
                .addAllTransactions(Parts.byteStrings(response.transactions()))
                .build();
    }
}
