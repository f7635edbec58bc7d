package io.computronium.p2p.codec;

import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;

import io.computronium.p2p.message.BlockSync.BlockHead;
import io.computronium.p2p.message.BlockSync.BlockPart;
import io.computronium.p2p.message.BlockSync.BlockRequest;
import io.computronium.p2p.message.BlockSync.BlockUnavailable;
import io.computronium.p2p.message.BlockSync.Status;
import io.computronium.p2p.message.BlockSync.StatusRequest;
import io.computronium.primitives.codec.CanonicalCodec;
import io.computronium.primitives.codec.Codec;
import io.computronium.primitives.proto.BlockHeadMessage;
import io.computronium.primitives.proto.BlockPartMessage;
import io.computronium.primitives.proto.BlockRequestMessage;
import io.computronium.primitives.proto.BlockUnavailableMessage;
import io.computronium.primitives.proto.StatusMessage;
import io.computronium.primitives.proto.StatusRequestMessage;

final class BlockSyncCodec {

    static final Codec<StatusRequest> STATUS_REQUEST =
            CanonicalCodec.of(
                    StatusRequestMessage.getDefaultInstance(),
                    FrameType.STATUS_REQUEST.maxBytes(),
                    m -> new StatusRequest(),
                    request -> StatusRequestMessage.getDefaultInstance());

    static final Codec<Status> STATUS =
            CanonicalCodec.of(
                    StatusMessage.getDefaultInstance(),
                    FrameType.STATUS.maxBytes(),
                    m ->
                            new Status(
                                    toLong(m.getLowestHeight(), "status.lowestHeight"),
                                    toLong(m.getHeight(), "status.height")),
                    status ->
                            StatusMessage.newBuilder()
                                    .setLowestHeight(status.lowestHeight())
                                    .setHeight(status.height())
                                    .build());

    static final Codec<BlockRequest> REQUEST =
            CanonicalCodec.of(
                    BlockRequestMessage.getDefaultInstance(),
                    FrameType.BLOCK_REQUEST.maxBytes(),
                    m ->
                            new BlockRequest(
                                    toLong(m.getFromHeight(), "blockRequest.fromHeight"),
                                    toInt(m.getCount(), "blockRequest.count")),
                    request ->
                            BlockRequestMessage.newBuilder()
                                    .setFromHeight(request.fromHeight())
                                    .setCount(request.count())
                                    .build());

    static final Codec<BlockHead> HEAD =
            CanonicalCodec.of(
                    BlockHeadMessage.getDefaultInstance(),
                    FrameType.BLOCK_HEAD.maxBytes(),
                    BlockSyncCodec::head,
                    BlockSyncCodec::message);

    static final Codec<BlockPart> PART =
            CanonicalCodec.of(
                    BlockPartMessage.getDefaultInstance(),
                    FrameType.BLOCK_PART.maxBytes(),
                    BlockSyncCodec::part,
                    BlockSyncCodec::message);

    static final Codec<BlockUnavailable> UNAVAILABLE =
            CanonicalCodec.of(
                    BlockUnavailableMessage.getDefaultInstance(),
                    FrameType.BLOCK_UNAVAILABLE.maxBytes(),
                    m -> new BlockUnavailable(toLong(m.getHeight(), "blockUnavailable.height")),
                    answer ->
                            BlockUnavailableMessage.newBuilder()
                                    .setHeight(answer.height())
                                    .build());

    private BlockSyncCodec() {}

    private static BlockHead head(BlockHeadMessage m) {
        return new BlockHead(
                Parts.header(m.getHeader()),
                Parts.commit(m.getCertificate()),
                m.hasLastCommit() ? Parts.commit(m.getLastCommit()) : null,
                Parts.evidence(m.getEvidenceList()),
                toInt(m.getTransactionCount(), "blockHead.transactionCount"));
    }

    private static BlockHeadMessage message(BlockHead head) {
        var m =
                BlockHeadMessage.newBuilder()
                        .setHeader(Parts.header(head.header()))
                        .setCertificate(Parts.commit(head.certificate()))
                        .addAllEvidence(Parts.evidenceBytes(head.evidence()))
                        .setTransactionCount(head.transactionCount());
        if (head.lastCommit() != null) {
            m.setLastCommit(Parts.commit(head.lastCommit()));
        }
        return m.build();
    }

    private static BlockPart part(BlockPartMessage m) {
        return new BlockPart(
                toLong(m.getHeight(), "blockPart.height"),
                toInt(m.getFirstIndex(), "blockPart.firstIndex"),
                Parts.transactions(m.getTransactionsList()));
    }

    private static BlockPartMessage message(BlockPart part) {
        return BlockPartMessage.newBuilder()
                .setHeight(part.height())
                .setFirstIndex(part.firstIndex())
                .addAllTransactions(Parts.byteStrings(part.transactions()))
                .build();
    }
}
