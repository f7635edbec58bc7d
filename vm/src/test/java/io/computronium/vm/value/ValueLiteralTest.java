package io.computronium.vm.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueLiteralTest {

    @Test
    void readsTheVectors() throws IOException {
        List<String> lines = VectorLines.of("literals.tsv").toList();
        assertEquals(47, lines.size());
        for (String line : lines) {
            String[] parts = line.split("\t", -1);
            Value value = ValueLiteral.parse(parts[1]);
            assertEquals(parts[2], ValueCodec.encode(value).toHex(), parts[1]);
        }
    }

    @Test
    void readsBackWhatValuesAreShownAs() throws IOException {
        for (String line : VectorLines.of("sip-005.tsv").toList()) {
            String text = line.substring(line.indexOf('\t') + 1);
            assertEquals(text, ValueText.of(ValueLiteral.parse(text)));
        }
        long seed = Long.getLong("properties.seed", 20_260_111);
        var random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            Value value = RandomValues.next(random, 4);
            assertEquals(value, ValueLiteral.parse(ValueText.of(value)), () -> "seed " + seed);
        }
    }

    @Test
    void readsControlCharactersBack() {
        var text = Value.Utf8.of("\u0000\u001b\"\\\u009f\n\r\tü\ud83d\ude00");
        assertEquals(text, ValueLiteral.parse(ValueText.of(text)));
        var ascii = Value.Ascii.of("\f\n\"\\~");
        assertEquals(ascii, ValueLiteral.parse(ValueText.of(ascii)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{b: u2, a: u1}           | { a: u1, b: u2 }",
                "{a: u1,}                 | { a: u1 }",
                "` ( some\n u1 ) `        | (some u1)",
                "0xC0FFEE                 | 0xc0ffee",
                "-0                       | 0",
                "(list(list)(list u1))    | (list (list) (list u1))",
            })
    void isPatientWithPeople(String typed, String shown) {
        assertEquals(shown, ValueText.of(ValueLiteral.parse(typed)));
    }

    /** The place is the first character of what is wrong. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                | 0 | there should be more",
                "u                 | 0 | a value expected",
                "5u                | 0 | a value expected",
                "tru               | 0 | a value expected",
                "u1 u2             | 3 | the value ends before this",
                "(list u1          | 8 | there should be more",
                "(list u1 x)       | 9 | a value expected",
                "(some)            | 5 | a value expected",
                "(some u1 u2)      | 9 | ) expected",
                "(+ 1 2)           | 1 | some, ok, err or list expected",
                "{a: u1, b: }      | 11 | a value expected",
                "{a u1}            | 3 | : expected",
                "{a: u1 b: u2}     | 7 | , or } expected",
                "{a: u1, a: u2}    | 8 | already",
                "{1: u1}           | 1 | a name of a field expected",
                "{}                | 0 | no field",
                "{a: u1            | 6 | there should be more",
                "`\"abc`           | 4 | there should be more",
                "`\"a\\x\"`        | 2 | expected",
                "`\"a\\u{110000}\"`| 2 | expected",
                "`\"a\\u{d800}\"`  | 2 | expected",
                "`\"é\"`           | 0 | neither printable",
                "0xabc             | 0 | hex",
                "0xzz              | 0 | hex",
                "u340282366920938463463374607431768211456   | 0 | 128 bits",
                "170141183460469231731687303715884105728    | 0 | 128 bits",
                "99999999999999999999999999999999999999999999999999 | 0 | 128 bits",
                "'SP000000000000000000002Q6VF79             | 0 | checksum",
                "SP000000000000000000002Q6VF78              | 0 | with ' before it",
                "(list 'SP000000000000000000002Q6VF78.1bad) | 6 | name",
            })
    void saysWhereItStopsBeingAValue(String typed, int place, String reason) {
        var refused = assertThrows(ValueSyntaxException.class, () -> ValueLiteral.parse(typed));
        assertEquals(place, refused.place(), refused.getMessage());
        assertEquals(
                true, String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }

    @Test
    void showsThePlace() {
        var refused =
                assertThrows(
                        ValueSyntaxException.class,
                        () -> ValueLiteral.parse("(list " + "u1 ".repeat(20) + "x u1)"));
        List<String> lines = refused.picture().lines().toList();
        assertEquals("…" + "u1 ".repeat(10) + "x u1)", lines.get(0));
        assertEquals(lines.get(0).indexOf('x'), lines.get(1).indexOf('^'));
    }

    @Test
    void isBoundedInDepthAndSize() {
        String deepest = "(some ".repeat(31) + "u1" + ")".repeat(31);
        assertEquals(deepest, ValueText.of(ValueLiteral.parse(deepest)));
        String deeper = "(some ".repeat(100_000);
        assertThrows(ValueSyntaxException.class, () -> ValueLiteral.parse(deeper));
        String larger = "0x" + "00".repeat(ValueCodec.MAX_BYTES);
        assertThrows(ValueSyntaxException.class, () -> ValueLiteral.parse(larger));
    }

    /** Any text is a value or refused with the one exception. */
    @Test
    void survivesAnyText() {
        long seed = Long.getLong("properties.seed", 20_260_112);
        var random = new Random(seed);
        String alphabet = "(){}:,'\"\\ u0x15ab\ud83d\ude00é\n";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(ValueText.of(RandomValues.next(random, 3)));
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                text.setCharAt(random.nextInt(text.length()), c);
            }
            try {
                Value value = ValueLiteral.parse(text.toString());
                assertEquals(value, ValueLiteral.parse(ValueText.of(value)), () -> "seed " + seed);
            } catch (ValueSyntaxException refused) {
                refused.picture();
            }
        }
    }
}
