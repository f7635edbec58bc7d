package io.computronium.primitives.codec;

import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toBytes;
import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;
import static io.computronium.primitives.codec.WireValues.toPrincipal;

import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.crypto.MerkleTree;
import io.computronium.primitives.proto.CallFailedMessage;
import io.computronium.primitives.proto.EventMessage;
import io.computronium.primitives.proto.KernelFailedMessage;
import io.computronium.primitives.proto.ReceiptMessage;
import io.computronium.primitives.proto.SucceededMessage;
import java.util.List;

/** Receipts: the leaves of the receipts root. */
public final class ReceiptCodec {

    private static final int MAX_BYTES = 4 << 20;

    public static final Codec<Receipt> RECEIPT =
            CanonicalCodec.of(
                    ReceiptMessage.getDefaultInstance(),
                    MAX_BYTES,
                    ReceiptCodec::receipt,
                    ReceiptCodec::message);

    private ReceiptCodec() {}

    /** Merkle root over the receipts of a block, in the order of its transactions. */
    public static Hash rootOf(List<Receipt> receipts) {
        return MerkleTree.root(receipts.stream().map(RECEIPT::encode).toList());
    }

    private static Receipt receipt(ReceiptMessage m) {
        return new Receipt(
                status(m),
                m.getResultsList().stream().map(WireValues::toBytes).toList(),
                m.getEventsList().stream().map(ReceiptCodec::event).toList(),
                toLong(m.getGasUsed(), "receipt.gasUsed"),
                toLong(m.getFee(), "receipt.fee"));
    }

    private static ReceiptMessage message(Receipt receipt) {
        var m = ReceiptMessage.newBuilder().setGasUsed(receipt.gasUsed()).setFee(receipt.fee());
        switch (receipt.status()) {
            case ExecutionStatus.Succeeded succeeded ->
                    m.setSucceeded(SucceededMessage.getDefaultInstance());
            case ExecutionStatus.CallFailed failed ->
                    m.setCallFailed(
                            CallFailedMessage.newBuilder().setCallIndex(failed.callIndex()));
            case ExecutionStatus.KernelFailed failed ->
                    m.setKernelFailed(
                            KernelFailedMessage.newBuilder()
                                    .setCallIndex(failed.callIndex())
                                    .setCode(failed.failure().code()));
        }
        receipt.results().forEach(result -> m.addResults(toByteString(result)));
        receipt.events().forEach(event -> m.addEvents(message(event)));
        return m.build();
    }

    private static ExecutionStatus status(ReceiptMessage m) {
        return switch (m.getStatusCase()) {
            case SUCCEEDED -> new ExecutionStatus.Succeeded();
            case CALL_FAILED ->
                    new ExecutionStatus.CallFailed(
                            toInt(m.getCallFailed().getCallIndex(), "receipt.callIndex"));
            case KERNEL_FAILED ->
                    new ExecutionStatus.KernelFailed(
                            toInt(m.getKernelFailed().getCallIndex(), "receipt.callIndex"),
                            KernelFailure.ofCode(m.getKernelFailed().getCode()));
            case STATUS_NOT_SET -> throw new MalformedDataException("receipt.status: missing");
        };
    }

    private static Event event(EventMessage m) {
        return new Event(
                toPrincipal(m.getContract()),
                m.getName(),
                m.getKeysList().stream().map(WireValues::toBytes).toList(),
                toBytes(m.getData()));
    }

    private static EventMessage message(Event event) {
        var m =
                EventMessage.newBuilder()
                        .setContract(toByteString(event.contract()))
                        .setName(event.name())
                        .setData(toByteString(event.data()));
        event.keys().forEach(key -> m.addKeys(toByteString(key)));
        return m.build();
    }
}
