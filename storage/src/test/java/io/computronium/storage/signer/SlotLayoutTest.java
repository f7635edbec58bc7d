package io.computronium.storage.signer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.primitives.Hash;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What is on the disks of running nodes must stay readable. */
final class SlotLayoutTest {

    private static final String A = "a1".repeat(32);
    private static final String B = "b2".repeat(32);
    private static final String C = "c3".repeat(32);
    private static final String NONE = "00".repeat(32);

    private static void assertLayout(String fields, Slot slot) {
        var crc = new CRC32C();
        crc.update(HexFormat.of().parseHex(fields));
        assertEquals(
                fields + "%08x".formatted(crc.getValue()),
                HexFormat.of().formatHex(slot.toBytes()));
        assertEquals(Optional.of(slot), Slot.read(slot.toBytes()));
    }

    @Test
    void slots() {
        var counterAndHeight = "0000000000000009" + "0000000000000102";
        assertLayout(
                counterAndHeight + "00000003" + "02" + NONE + A + "ffffffff" + NONE,
                Slot.of(
                        9,
                        new SignerState(
                                0x0102, 3, SignerStep.PREVOTE, null, Hash.ofHex(A), -1, null)));
        assertLayout(
                counterAndHeight + "00000003" + "03" + C + A + "00000002" + B,
                Slot.of(
                        9,
                        new SignerState(
                                0x0102,
                                3,
                                SignerStep.PRECOMMIT,
                                Hash.ofHex(C),
                                Hash.ofHex(A),
                                2,
                                Hash.ofHex(B))));
        assertLayout(counterAndHeight + "00".repeat(105), new Slot(9, 0x0102, null));
    }
}
