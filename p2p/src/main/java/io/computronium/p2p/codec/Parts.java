package io.computronium.p2p.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.computronium.primitives.ByteValue;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.codec.BftCodec;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.primitives.codec.Codec;
import io.computronium.primitives.codec.WireValues;
import java.util.List;

/** What several messages carry: parts of blocks, each encoded on its own. */
final class Parts {

    private Parts() {}

    static ByteString header(Header header) {
        return encode(BlockCodec.HEADER, header);
    }

    static Header header(ByteString bytes) {
        return BlockCodec.HEADER.decode(bytes.toByteArray());
    }

    static ByteString commit(CommitCertificate commit) {
        return encode(BftCodec.COMMIT, commit);
    }

    static CommitCertificate commit(ByteString bytes) {
        return BftCodec.COMMIT.decode(bytes.toByteArray());
    }

    static List<ByteString> evidenceBytes(List<Evidence> evidence) {
        return evidence.stream().map(item -> encode(BftCodec.EVIDENCE, item)).toList();
    }

    static List<Evidence> evidence(List<ByteString> bytes) {
        return bytes.stream().map(b -> BftCodec.EVIDENCE.decode(b.toByteArray())).toList();
    }

    static List<ByteString> byteStrings(List<? extends ByteValue> values) {
        return values.stream().map(WireValues::toByteString).toList();
    }

    static List<Bytes> transactions(List<ByteString> bytes) {
        return bytes.stream().map(WireValues::toBytes).toList();
    }

    static List<Hash> hashes(List<ByteString> bytes) {
        return bytes.stream().map(WireValues::toHash).toList();
    }

    private static <T> ByteString encode(Codec<T> codec, T value) {
        return UnsafeByteOperations.unsafeWrap(codec.encode(value));
    }
}
