package io.computronium.vm.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.vm.value.RandomValues;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import io.computronium.vm.value.ValueLiteral;
import io.computronium.vm.value.VectorLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TypeTest {

    /** The type of a literal, as a reference implementation infers it. */
    @Test
    void infersTheTypesOfTheVectors() throws IOException {
        for (String line : VectorLines.of("literals.tsv").toList()) {
            String[] parts = line.split("\t", -1);
            Type type = Type.of(ValueCodec.decode(Bytes.ofHex(parts[2])));
            String shown = type.toString().replace("{ ", "{").replace(" }", "}");
            assertEquals(parts[0], shown, parts[1]);
        }
    }

    @Test
    void everyVectorHasATypeThatBoundsIt() throws IOException {
        for (String line : VectorLines.of("sip-005.tsv").toList()) {
            Bytes bytes = Bytes.ofHex(line.substring(0, line.indexOf('\t')));
            Value value = ValueCodec.decode(bytes);
            Type type = Type.of(value);
            assertTrue(type.admits(value), line);
            assertTrue(type.maxSize() >= bytes.size(), line);
            assertEquals(bytes, ValueCodec.encode(value));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(list 1 u2)",
                "(list {a: 1} {b: 2})",
                "(list {a: 1} {a: 1, b: 2})",
                "(list {a: 1} {a: u1})",
                "(list true false none)",
                "(list \"a\" u\"a\")",
                "(list (ok 1) (ok u1))",
                "(list (err 1) 1)",
            })
    void listsHaveElementsOfOneType(String literal) {
        Value value = ValueLiteral.parse(literal);
        assertThrows(MalformedDataException.class, () -> Type.of(value));
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "none              | (some u1)              | (optional uint)",
                "(ok 1)            | (err u1)               | (response int uint)",
                "\"a\"             | \"abc\"                | (string-ascii 3)",
                "0x01              | 0x010203               | (buff 3)",
                "u\"aé\"           | u\"\"                  | (string-utf8 2)",
                "(list)            | (list 1 2)             | (list 2 int)",
                "(list none)       | (list (some 1) none)   | (list 2 (optional int))",
                "{a: none}         | {a: (some 1)}          | { a: (optional int) }",
                "(list \"a\")      | (list \"abc\" \"d\")   | (list 2 (string-ascii 3))",
                "(some none)       | (some (some 1))        | (optional (optional int))",
                "'SP000000000000000000002Q6VF78 | 'SP000000000000000000002Q6VF78.a | principal",
                "1                 | u1                     | -",
                "u\"a\"            | \"a\"                  | -",
                "0x61              | \"a\"                  | -",
                "(some 1)          | 1                      | -",
                "{a: 1}            | {a: 1, b: 2}           | -",
                "(list (list 1))   | (list (list u1))       | -",
            })
    void joinsTypes(String one, String two, String joined) {
        Type a = Type.of(ValueLiteral.parse(one));
        Type b = Type.of(ValueLiteral.parse(two));
        String both = a.join(b).map(Type::toString).orElse("-");
        assertEquals(joined, both);
        assertEquals(a.join(b), b.join(a));
    }

    @Test
    void joinIsTheLeastUpperBound() {
        long seed = Long.getLong("properties.seed", 20_260_113);
        var random = new Random(seed);
        List<Value> values = new ArrayList<>();
        while (values.size() < 150) {
            Value value = RandomValues.next(random, 2);
            if (isTyped(value)) {
                values.add(value);
            }
        }
        List<Type> types = values.stream().map(Type::of).distinct().toList();
        for (Type a : types) {
            assertEquals(Optional.of(a), a.join(a));
            for (Type b : types) {
                Optional<Type> joined = a.join(b);
                assertEquals(joined, b.join(a), "seed " + seed);
                joined.ifPresent(type -> {
                    assertTrue(type.includes(a) && type.includes(b), "seed " + seed);
                    for (Value value : values) {
                        if (a.admits(value) || b.admits(value)) {
                            assertTrue(type.admits(value), "seed " + seed);
                        }
                    }
                    for (Type bound : types) {
                        if (bound.includes(a) && bound.includes(b)) {
                            assertTrue(bound.includes(type), "seed " + seed);
                        }
                    }
                });
                assertEquals(a.includes(b), joined.equals(Optional.of(a)));
            }
        }
    }

    @Test
    void theTypeOfAValueAdmitsItAndBoundsIt() {
        long seed = Long.getLong("properties.seed", 20_260_114);
        var random = new Random(seed);
        int typed = 0;
        for (int i = 0; i < 5_000; i++) {
            Value value = RandomValues.next(random, 3);
            if (isTyped(value)) {
                typed++;
                Type type = Type.of(value);
                assertTrue(type.admits(value), () -> "seed " + seed);
                assertTrue(type.maxSize() >= ValueCodec.encode(value).size(), () -> "seed " + seed);
            }
        }
        assertTrue(typed > 2_000);
    }

    private static boolean isTyped(Value value) {
        try {
            Type.of(value);
            return true;
        } catch (MalformedDataException severalTypes) {
            return false;
        }
    }

    @Test
    void reachesTheLimitsAndNoFurther() {
        int mebibyte = 1 << 20;
        assertEquals(Type.MAX_SIZE, new Type.Buffer(mebibyte).maxSize());
        assertEquals(Type.MAX_SIZE, new Type.Utf8(mebibyte / 4).maxSize());
        assertTooLarge(() -> new Type.Buffer(mebibyte + 1));
        assertTooLarge(() -> new Type.Ascii(mebibyte + 1));
        assertTooLarge(() -> new Type.Utf8(mebibyte / 4 + 1));
        assertTooLarge(() -> new Type.OptionalType(new Type.Buffer(mebibyte)));
        assertTooLarge(() -> new Type.ListType(new Type.Buffer(1_048), 1_000));
        assertTooLarge(() -> new Type.ListType(new Type.Buffer(mebibyte), Integer.MAX_VALUE));
        assertTooLarge(() -> new Type.ResponseType(Type.Simple.BOOL, new Type.Buffer(mebibyte)));
        assertTooLarge(() ->
                new Type.TupleType(List.of(new Type.FieldType("a", new Type.Buffer(mebibyte)))));
        assertThrows(IllegalArgumentException.class, () -> new Type.Buffer(-1));
        assertThrows(IllegalArgumentException.class, () -> new Type.ListType(Type.Simple.INT, -1));
    }

    @Test
    void nestsToTheLimitAndNoFurther() {
        Type type = Type.Simple.BOOL;
        for (int i = 1; i < Type.MAX_DEPTH; i++) {
            type = new Type.OptionalType(type);
        }
        assertEquals(Type.MAX_DEPTH, type.depth());
        Type deepest = type;
        assertTooLarge(() -> new Type.OptionalType(deepest));
        assertTooLarge(() -> new Type.ListType(deepest, 1));
        assertFalse(deepest.includes(Type.Simple.BOOL));
    }

    private static void assertTooLarge(org.junit.jupiter.api.function.Executable make) {
        assertThrows(MalformedDataException.class, make);
    }
}
