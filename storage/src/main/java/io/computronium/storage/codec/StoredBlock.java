package io.computronium.storage.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.proto.BlockMessage;
import io.computronium.primitives.tx.Transaction;
import java.io.IOException;
import java.util.Optional;

/** Looks into the canonical bytes of a block that was checked when it was stored. */
public final class StoredBlock {

    private StoredBlock() {}

    /**
     * The transaction at {@code index}, if the block has so many. The others are stepped over, not
     * decoded.
     *
     * @throws MalformedDataException if these are not the bytes of a block
     */
    public static Optional<Transaction> transaction(Bytes block, int index) {
        try {
            var input = CodedInputStream.newInstance(block.asReadOnlyBuffer());
            int seen = 0;
            for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
                boolean wanted =
                        WireFormat.getTagFieldNumber(tag) == BlockMessage.TRANSACTIONS_FIELD_NUMBER
                                && seen++ == index;
                if (wanted) {
                    return Optional.of(TransactionCodec.TRANSACTION.decode(input.readByteArray()));
                }
                input.skipField(tag);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new MalformedDataException("not a block", e);
        }
    }
}
