package io.computronium.storage.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.Codec;
import io.computronium.storage.tree.NodeKey;
import io.computronium.storage.tree.TreeRoot;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is on the disks of running nodes must stay readable. */
final class StateLayoutTest {

    private static final String A = "a1".repeat(32);

    private static <T> void assertLayout(String hex, Codec<T> codec, T value) {
        assertEquals(hex, HexFormat.of().formatHex(codec.encode(value)));
        assertEquals(value, codec.decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    void keys() {
        assertLayout(
                "0000000000000102" + A, ReplacedKey.CODEC, new ReplacedKey(0x0102, Hash.ofHex(A)));
        assertLayout("0000000000000102" + "00000003", StaleKey.CODEC, new StaleKey(0x0102, 3));
    }

    @Test
    void values() {
        assertLayout("00", StateLayout.OPTIONAL_VALUE, Optional.empty());
        assertLayout("01", StateLayout.OPTIONAL_VALUE, Optional.of(Bytes.EMPTY));
        assertLayout("01aabb", StateLayout.OPTIONAL_VALUE, Optional.of(Bytes.ofHex("aabb")));
        assertLayout(A + "0000000000000102", StateLayout.ROOT, new TreeRoot(Hash.ofHex(A), 0x0102));
        assertLayout(
                "0000000000000102" + "00000003",
                StateLayout.LOCATION,
                new TransactionLocation(0x0102, 3));
        assertLayout(
                "09" + "0000000000000102" + "00" + "0a" + "0000000000000103" + "01b0",
                StateLayout.NODE_KEYS,
                List.of(
                        new NodeKey(0x0102, Bytes.ofHex("00")),
                        new NodeKey(0x0103, Bytes.ofHex("01b0"))));
        assertLayout("", StateLayout.NODE_KEYS, List.of());
    }

    @Test
    void otherBytesAreRefused() {
        for (Codec<?> codec :
                List.of(
                        ReplacedKey.CODEC,
                        StaleKey.CODEC,
                        StateLayout.OPTIONAL_VALUE,
                        StateLayout.ROOT,
                        StateLayout.LOCATION)) {
            assertThrows(MalformedDataException.class, () -> codec.decode(new byte[0]));
        }
        for (var bad : List.of("09", "0900", "ff", "080000000000000102")) {
            assertThrows(
                    MalformedDataException.class,
                    () -> StateLayout.NODE_KEYS.decode(HexFormat.of().parseHex(bad)),
                    bad);
        }
    }
}
