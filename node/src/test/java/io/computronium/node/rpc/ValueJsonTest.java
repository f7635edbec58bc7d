package io.computronium.node.rpc;

import static io.computronium.node.rpc.HttpSocket.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.MalformedDataException;
import io.computronium.vm.type.Type;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import io.computronium.vm.value.ValueLiteral;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueJsonTest {

    private static final String EVERYTHING =
            "{a: -5, b: u340282366920938463463374607431768211455, c: true, d: 0xc0ffee,"
                    + " e: \"text\", f: u\"\\u{1F600}\", g: 'SD000000000000000000003EFWXZ.coin,"
                    + " h: (list (some u1) none), i: (ok {x: none}), j: (err u1)}";

    @Test
    void writesAndReadsEveryKind() {
        Value value = ValueLiteral.parse(EVERYTHING);
        var node = ValueJson.of(value);
        assertEquals(
                json(
                        """
                        {"a":"-5","b":"340282366920938463463374607431768211455","c":true,
                         "d":"c0ffee","e":"text","f":"\\ud83d\\ude00",
                         "g":"SD000000000000000000003EFWXZ.coin","h":[{"some":"1"},null],
                         "i":{"ok":{"x":null}},"j":{"err":"1"}}
                        """),
                node);
        assertEquals(value, ValueJson.argument("it", Type.of(value), node));
        var hex = Json.text("0x" + ValueCodec.encode(value));
        assertEquals(value, ValueJson.argument("it", Type.of(value), hex));
        assertEquals("0x03", ValueJson.forms(new Value.Bool(true)).get("hex").textValue());
        assertEquals("true", ValueJson.forms(new Value.Bool(true)).get("repr").textValue());
    }

    @ParameterizedTest(name = "{1} is not of the type of {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "u1            | 5                     | in decimal as text",
                "u1            | `\"-1\"`              | in decimal as text",
                "u1            | `\"340282366920938463463374607431768211456\"` | 128 bits",
                "1             | `\"170141183460469231731687303715884105728\"` | 128 bits",
                "1             | `\"1e3\"`             | in decimal",
                "true          | `\"true\"`            | true or false",
                "0x00          | `\"zz\"`              | bytes in hex",
                "0x00          | `\"0000\"`            | (buff 1)",
                "\"a\"         | `\"é\"`               | ASCII",
                "\"a\"         | `\"ab\"`              | (string-ascii 1)",
                "'SD000000000000000000003EFWXZ | `\"SD0\"` | address",
                "(some u1)     | `\"1\"`               | null or",
                "(some u1)     | {\"some\":\"1\",\"x\":1} | null or",
                "(some u1)     | {\"some\":\"x\"}      | it.some: a number",
                "(ok u1)       | {\"ko\":\"1\"}        | {\"ok\"",
                "(list u1)     | [\"1\",\"2\"]         | at most 1",
                "(list u1)     | [5]                   | it[0]: a number",
                "{a: u1}       | {}                    | it.a: a value of uint",
                "{a: u1}       | {\"a\":\"1\",\"b\":1} | no other fields",
                "{a: {b: u1}}  | {\"a\":{\"b\":1}}     | it.a.b: a number",
                "u1            | `\"0x03\"`            | a value of uint",
                "u1            | `\"0xzz\"`            | SIP-005",
                "none          | {\"some\":null}       | nothing expected",
            })
    void namesWhatIsWrong(String like, String given, String reason) {
        Type type = Type.of(ValueLiteral.parse(like));
        var refused =
                assertThrows(
                        MalformedDataException.class,
                        () -> ValueJson.argument("it", type, json(given)));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }

    @Test
    void typesHaveTheShapeThatToolsKnow() {
        var type =
                new Type.ResponseType(
                        new Type.OptionalType(new Type.ListType(new Type.Buffer(34), 3)),
                        new Type.TupleType(
                                List.of(new Type.FieldType("a", Type.Simple.PRINCIPAL))));
        assertEquals(
                json(
                        """
                        {"response":{"ok":{"optional":{"list":{"type":{"buffer":{"length":34}},
                         "length":3}}},"error":{"tuple":[{"name":"a","type":"principal"}]}}}
                        """),
                ContractInterface.type(type));
    }
}
