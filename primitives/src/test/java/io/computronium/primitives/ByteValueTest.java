package io.computronium.primitives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteValueTest {

    /** A type of fixed size and its two ways in. */
    record Kind(
            String name,
            int size,
            Function<byte[], ByteValue> of,
            Function<String, ByteValue> ofHex) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Kind> kinds() {
        return List.of(
                new Kind("Hash", 32, Hash::of, Hash::ofHex),
                new Kind("PublicKey", 32, PublicKey::of, PublicKey::ofHex),
                new Kind("Signature", 64, Signature::of, Signature::ofHex),
                new Kind("NodeId", 20, NodeId::of, NodeId::ofHex));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void acceptsItsSizeOnly(Kind kind) {
        assertEquals(kind.size(), kind.of().apply(new byte[kind.size()]).size());
        for (int size : new int[] {0, kind.size() - 1, kind.size() + 1}) {
            assertThrows(MalformedDataException.class, () -> kind.of().apply(new byte[size]));
            assertThrows(MalformedDataException.class, () -> kind.ofHex().apply("00".repeat(size)));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isIndependentOfEveryArrayThatGoesInOrComesOut(Kind kind) {
        var source = counting(kind.size());
        var value = kind.of().apply(source);
        source[0] = 99;
        value.toArray()[1] = 99;
        assertArrayEquals(counting(kind.size()), value.toArray());
        var view = value.asReadOnlyBuffer();
        assertThrows(ReadOnlyBufferException.class, () -> view.put(0, (byte) 99));
        var target = new byte[kind.size() + 5];
        value.copyTo(target, 3);
        assertArrayEquals(counting(kind.size()), Arrays.copyOfRange(target, 3, 3 + kind.size()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsHexOfEitherCaseAndWritesLowerCase(Kind kind) {
        var hex = "fe".repeat(kind.size());
        assertEquals(hex, kind.ofHex().apply(hex.toUpperCase(Locale.ROOT)).toString());
        assertEquals(kind.ofHex().apply(hex), kind.ofHex().apply(hex));
        assertEquals(kind.ofHex().apply(hex).hashCode(), kind.ofHex().apply(hex).hashCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0g", "0x00", " 00", "00 ", "٠٠"})
    void refusesWhatIsNotHex(String text) {
        assertThrows(MalformedDataException.class, () -> Bytes.ofHex(text));
    }

    @Test
    void equalBytesOfDifferentKindsDiffer() {
        assertNotEquals((Object) Hash.of(counting(32)), PublicKey.of(counting(32)));
        assertNotEquals((Object) Bytes.copyOf(counting(32)), Hash.of(counting(32)));
    }

    @Test
    void differsInEveryByte() {
        var value = Hash.of(counting(32));
        for (int i = 0; i < 32; i++) {
            var changed = counting(32);
            changed[i] ^= 1;
            assertNotEquals(value, Hash.of(changed), "byte " + i);
        }
    }

    @Test
    void ordersAsUnsignedBytes() {
        var sorted =
                List.of(
                        Bytes.EMPTY,
                        Bytes.ofHex("00"),
                        Bytes.ofHex("0001"),
                        Bytes.ofHex("7f"),
                        Bytes.ofHex("80"),
                        Bytes.ofHex("ff"),
                        Bytes.ofHex("ff00"));
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = 0; j < sorted.size(); j++) {
                assertEquals(
                        Integer.signum(i - j),
                        Integer.signum(sorted.get(i).compareTo(sorted.get(j))),
                        i + " and " + j);
            }
        }
    }

    @Test
    void anEmptyStringOfBytesIsOneObject() {
        assertSame(Bytes.EMPTY, Bytes.copyOf(new byte[0]));
        assertSame(Bytes.EMPTY, Bytes.owned(new byte[0]));
        assertTrue(Bytes.ofHex("").isEmpty());
    }

    @Test
    void nodeIdIsTheHeadOfTheKeysHash() {
        // sha256 of 32 zero bytes, as coreutils print it
        assertEquals(
                "66687aadf862bd776c8fc18b8e9f8e2008971485",
                NodeId.ofKey(PublicKey.of(new byte[32])).toHex());
    }

    @Test
    void aBrokenInvariantThrowsAndOthersDoNot() {
        Invariants.check(true, "fine");
        var thrown =
                assertThrows(
                        BrokenInvariantException.class,
                        () -> Invariants.check(false, "supply is conserved"));
        assertEquals("broken invariant: supply is conserved", thrown.getMessage());
    }

    private static byte[] counting(int size) {
        var bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i + 1);
        }
        return bytes;
    }

    @Test
    void bytesAreTakenApartAtAPrefix() {
        var bytes = Bytes.ofHex("010203");
        assertTrue(bytes.startsWith(Bytes.EMPTY));
        assertTrue(bytes.startsWith(Bytes.ofHex("0102")));
        assertTrue(bytes.startsWith(bytes));
        assertFalse(bytes.startsWith(Bytes.ofHex("02")));
        assertFalse(bytes.startsWith(Bytes.ofHex("01020304")));
        assertEquals(Bytes.ofHex("03"), bytes.from(2));
        assertEquals(Bytes.EMPTY, bytes.from(3));
    }
}
