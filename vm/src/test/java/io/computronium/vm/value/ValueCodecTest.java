package io.computronium.vm.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueCodecTest {

    private record Vector(String hex, String text) {}

    @Test
    void readsAndWritesEveryVector() throws IOException {
        List<Vector> vectors = vectors();
        assertEquals(334, vectors.size());
        for (Vector vector : vectors) {
            Value value = ValueCodec.decode(Bytes.ofHex(vector.hex));
            assertEquals(vector.hex, ValueCodec.encode(value).toHex());
            assertEquals(vector.text, ValueText.of(value));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing,",
        "unknown kind,                 0f",
        "kind of 7 bits and more,      ff",
        "short integer,                00000000000000000000000000000000",
        "trailing byte,                0300",
        "length over the rest,         0200000002aa",
        "length of 2^31,               0280000000",
        "list of 2^31-1,               0b7fffffff",
        "list with a missing element,  0b0000000203",
        "tuple of 2^31-1,              0c7fffffff",
        "tuple without fields,         0c00000000",
        "tuple out of order,           0c00000002016203016104",
        "tuple with a name twice,      0c00000002016103016104",
        "tuple with an empty name,     0c000000010003",
        "tuple with a bad name,        0c00000001013103",
        "tuple with a name over ASCII, 0c0000000101e103",
        "address of version 32,        05200000000000000000000000000000000000000000",
        "address of 19 bytes,          050d00000000000000000000000000000000000000",
        "contract without a name,      060d000000000000000000000000000000000000000000",
        "contract with a bad name,     060d0000000000000000000000000000000000000000022d61",
        "ASCII with a byte of 8 bits,  0d0000000180",
        "ASCII with a control,         0d0000000107",
        "UTF-8 cut short,              0e00000001c3",
        "UTF-8 overlong,               0e00000002c080",
        "UTF-8 surrogate,              0e00000003eda080",
        "response without value,       07",
    })
    void refusesWhatNoValueEncodesTo(String what, String hex) {
        Bytes bytes = Bytes.ofHex(Objects.requireNonNullElse(hex, ""));
        assertThrows(MalformedDataException.class, () -> ValueCodec.decode(bytes), what);
    }

    @Test
    void nestsToTheLimitAndNoFurther() {
        Value deepest = nested(ValueCodec.MAX_DEPTH);
        Bytes bytes = ValueCodec.encode(deepest);
        assertEquals(deepest, ValueCodec.decode(bytes));

        assertThrows(
                IllegalArgumentException.class,
                () -> ValueCodec.encode(nested(ValueCodec.MAX_DEPTH + 1)));
        Bytes deeper = Bytes.ofHex("0a" + bytes.toHex());
        assertThrows(MalformedDataException.class, () -> ValueCodec.decode(deeper));
        Bytes deepEnoughForTheStack = Bytes.ofHex("0a".repeat(1_000_000));
        assertThrows(MalformedDataException.class, () -> ValueCodec.decode(deepEnoughForTheStack));
    }

    @Test
    void growsToTheLimitAndNoFurther() {
        int header = 5;
        var largest = new Value.Buffer(Bytes.owned(new byte[ValueCodec.MAX_BYTES - header]));
        assertEquals(largest, ValueCodec.decode(ValueCodec.encode(largest)));
        assertThrows(
                IllegalArgumentException.class, () -> ValueCodec.encode(new Value.Ok(largest)));
        Bytes larger = Bytes.owned(new byte[ValueCodec.MAX_BYTES + 1]);
        assertThrows(MalformedDataException.class, () -> ValueCodec.decode(larger));
    }

    @Test
    void readsBackWhatItWrote() {
        long seed = 20_260_101;
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Value value = RandomValues.next(random, 4);
            Bytes bytes = ValueCodec.encode(value);
            assertEquals(value, ValueCodec.decode(bytes), () -> "seed " + seed);
        }
    }

    /** Any bytes are a value in its one encoding, or refused with the one exception. */
    @Test
    void survivesAnyBytes() {
        long seed = 20_260_102;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = ValueCodec.encode(RandomValues.next(random, 3)).toArray();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            Bytes mutated = Bytes.owned(bytes);
            try {
                assertEquals(
                        mutated, ValueCodec.encode(ValueCodec.decode(mutated)), "seed " + seed);
            } catch (MalformedDataException refused) {
                // As it may be.
            }
        }
    }

    /**
     * SIP-005 says "lexicographically"; a tool behind the vectors once took that for a
     * dictionary's.
     */
    @Test
    void ordersFieldsByTheirBytesAndNotAsADictionary() {
        var values = new TreeMap<String, Value>();
        for (String name : List.of("b", "a", "aa", "B")) {
            values.put(name, new Value.None());
        }
        Bytes bytes = ValueCodec.encode(Value.Tuple.of(values));
        assertEquals("0c0000000401420901610902616109016209", bytes.toHex());
        Bytes dictionary = Bytes.ofHex("0c0000000401610902616109016209014209");
        assertThrows(MalformedDataException.class, () -> ValueCodec.decode(dictionary));
    }

    @Test
    void hidesControlCharactersFromTerminals() {
        assertEquals("u\"\\u{1b}[2J\\u{9b}\\t\"", ValueText.of(Value.Utf8.of("\u001b[2J\u009b\t")));
    }

    private static Value nested(int depth) {
        Value value = new Value.Bool(true);
        for (int i = 1; i < depth; i++) {
            value = new Value.Some(value);
        }
        return value;
    }

    private static List<Vector> vectors() throws IOException {
        return VectorLines.of("sip-005.tsv")
                .map(line -> {
                    int tab = line.indexOf('\t');
                    return new Vector(line.substring(0, tab), line.substring(tab + 1));
                })
                .toList();
    }
}
