package io.computronium.p2p.codec;

import io.computronium.p2p.message.TransactionBatch;
import io.computronium.primitives.codec.CanonicalCodec;
import io.computronium.primitives.codec.Codec;
import io.computronium.primitives.proto.TransactionBatchMessage;

final class TransactionBatchCodec {

    static final Codec<TransactionBatch> BATCH =
            CanonicalCodec.of(
                    TransactionBatchMessage.getDefaultInstance(),
                    FrameType.TRANSACTION_BATCH.maxBytes(),
                    m -> new TransactionBatch(Parts.transactions(m.getTransactionsList())),
                    batch ->
                            TransactionBatchMessage.newBuilder()
                                    .addAllTransactions(Parts.byteStrings(batch.transactions()))
                                    .build());

    private TransactionBatchCodec() {}
}
