package io.computronium.primitives.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.computronium.primitives.ByteValue;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;

/** Conversions between values and the field types of messages, for the codec packages. */
public final class WireValues {

    private WireValues() {}

    /** Without a copy. */
    public static ByteString toByteString(ByteValue value) {
        return UnsafeByteOperations.unsafeWrap(value.asReadOnlyBuffer());
    }

    public static Bytes toBytes(ByteString bytes) {
        return Bytes.owned(bytes.toByteArray());
    }

    public static Hash toHash(ByteString bytes) {
        return Hash.of(bytes.toByteArray());
    }

    public static PublicKey toPublicKey(ByteString bytes) {
        return PublicKey.of(bytes.toByteArray());
    }

    public static Signature toSignature(ByteString bytes) {
        return Signature.of(bytes.toByteArray());
    }

    public static Principal toPrincipal(ByteString bytes) {
        return Principal.fromBytes(bytes.toByteArray());
    }

    public static ByteString toByteString(Principal principal) {
        return toByteString(principal.toBytes());
    }

    /** A {@code uint64} that may use 63 bits. */
    public static long toLong(long value, String field) {
        MalformedDataException.unless(value >= 0, field + ": over 63 bits");
        return value;
    }

    /** A {@code uint32} that may use 31 bits. */
    public static int toInt(int value, String field) {
        MalformedDataException.unless(value >= 0, field + ": over 31 bits");
        return value;
    }

    /** A submessage or optional field that must be there. */
    public static void require(boolean present, String field) {
        MalformedDataException.unless(present, field + ": missing");
    }
}
