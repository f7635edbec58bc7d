package io.computronium.storage.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is on the disks of running nodes must stay readable. */
final class TreeLayoutTest {

    private static final String A = "a1".repeat(32);
    private static final String B = "b2".repeat(32);
    private static final String C = "c3".repeat(32);

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void nodeKeys() {
        var hash = Hash.ofHex("abcdef" + "00".repeat(29));
        assertEquals(
                List.of(
                        "0000000000000005" + "00",
                        "0000000000000005" + "01" + "a0",
                        "0000000000000005" + "02" + "ab",
                        "0000000000000005" + "03" + "abc0"),
                List.of(0, 1, 2, 3).stream()
                        .map(depth -> hex(NodeKey.CODEC.encode(NodeKey.of(5, hash, depth))))
                        .toList());
        for (var bad : List.of("", "0000000000000005", "000000000000000501", "00".repeat(10))) {
            assertThrows(
                    MalformedDataException.class,
                    () -> NodeKey.CODEC.decode(HexFormat.of().parseHex(bad)),
                    bad);
        }
    }

    @Test
    void shortPathsHaveHashCodesOfTheirOwn() {
        var codes = new HashSet<Integer>();
        for (int i = 0; i < 1 << 16; i++) {
            var hash = Hash.ofHex("%04x".formatted(i) + "00".repeat(30));
            codes.add(NodeKey.of(7, hash, 4).hashCode());
        }
        assertTrue(codes.size() > 65_000, "codes: " + codes.size());
    }

    @Test
    void pages() {
        var children = new Child[Page.SLOTS];
        children[0] = new Child.Link(Hash.ofHex(A), 0x0102);
        children[15] = new Child.Leaf(Hash.ofHex(B), Hash.ofHex(C));
        var page = Page.with(null, 0x8001, children);
        assertEquals(
                "8001" + "8000" + A + "0000000000000102" + B + C, hex(Page.CODEC.encode(page)));
        assertEquals(children[0], page.child(0));
        assertEquals(Child.EMPTY, page.child(1));
        assertEquals(children[15], page.child(15));
        for (var bad : List.of("", "0000", "00000000", "00010002" + A + B, "00010001" + A)) {
            assertThrows(
                    MalformedDataException.class,
                    () -> Page.CODEC.decode(HexFormat.of().parseHex(bad)),
                    bad);
        }
    }
}
