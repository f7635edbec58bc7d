package io.computronium.storage.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.computronium.primitives.Bytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What is on the disks of running nodes must stay readable. */
final class WalLayoutTest {

    private static String crc(String hex) {
        var crc = new CRC32C();
        crc.update(HexFormat.of().parseHex(hex));
        return "%08x".formatted(crc.getValue());
    }

    @Test
    void records() {
        var frame = new Frame(0x0102, 7, Bytes.ofHex("aabb"));
        var bytes = new byte[frame.size()];
        frame.writeTo(bytes, 0, 5);
        var body = "00000002" + "0000000000000102" + "07" + "aabb";
        assertEquals(crc("0000000000000005" + body) + body, HexFormat.of().formatHex(bytes));
        assertEquals(frame, Frame.read(bytes, 0, 5));
        assertNull(Frame.read(bytes, 0, 6), "a record of another batch");
        assertNull(Frame.read(Arrays.copyOf(bytes, bytes.length - 1), 0, 5));
    }

    @Test
    void marks() {
        var bytes = new byte[Frame.OVERHEAD];
        Frame.mark(9).writeTo(bytes, 0, 9);
        var body = "00000000" + "0000000000000009" + "80";
        assertEquals(crc("0000000000000000" + body) + body, HexFormat.of().formatHex(bytes));
        assertEquals(Frame.mark(9), Frame.read(bytes, 0, 8));
        assertNull(Frame.read(bytes, 0, 9), "a mark of this or an earlier batch");
    }

    @Test
    void headers() {
        var header = new SegmentHeader(3, 20, 77, 1_000);
        var fields =
                "4350544d57414c31"
                        + "0000000000000003"
                        + "0000000000000014"
                        + "000000000000004d"
                        + "00000000000003e8";
        assertEquals(fields + crc(fields), HexFormat.of().formatHex(header.toBytes()));
        assertEquals("segment-0000000003", header.fileName());
        assertEquals(Optional.of(header), SegmentHeader.read(header.toBytes(), 3));
        assertEquals(Optional.empty(), SegmentHeader.read(header.toBytes(), 4));
    }
}
