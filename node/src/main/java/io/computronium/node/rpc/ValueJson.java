package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import io.computronium.vm.type.Type;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import io.computronium.vm.value.ValueText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Values of the contract language as JSON, and back where the type is known.
 *
 * <pre>
 * int, uint      "-5", "5"            buffer     "c0ffee"
 * bool           true                 principal  "SD….name"
 * text           "text"               list       […]
 * none, some     null, {"some": …}    tuple      {"amount": "5", …}
 * ok, err        {"ok": …}, {"err": …}
 * </pre>
 */
public final class ValueJson {

    private static final String BYTES_PREFIX = "0x";

    /** What 128 bits take in decimal, with a sign. */
    private static final int MAX_DIGITS = 40;

    private ValueJson() {}

    /** The value in three forms: {@code {hex, repr, json}}. */
    public static ObjectNode forms(Value value) {
        var forms =
                Json.object()
                        .put("hex", BYTES_PREFIX + ValueCodec.encode(value).toHex())
                        .put("repr", ValueText.of(value));
        return forms.set("json", of(value));
    }

    public static JsonNode of(Value value) {
        return switch (value) {
            case Value.Int integer -> Json.text(integer.toBigInteger());
            case Value.UInt integer -> Json.text(integer.toBigInteger());
            case Value.Bool bool -> BooleanNode.valueOf(bool.value());
            case Value.Buffer buffer -> Json.text(buffer.bytes());
            case Value.Ascii text -> Json.text(text.text());
            case Value.Utf8 text -> Json.text(text.text());
            case Value.PrincipalValue principal -> Json.text(principal.principal());
            case Value.None _ -> NullNode.getInstance();
            case Value.Some some -> Json.object().set("some", of(some.value()));
            case Value.Ok ok -> Json.object().set("ok", of(ok.value()));
            case Value.Err err -> Json.object().set("err", of(err.value()));
            case Value.ListValue list -> Json.array(list.elements(), ValueJson::of);
            case Value.Tuple tuple -> {
                var object = JsonNodeFactory.instance.objectNode();
                tuple.fields().forEach(field -> object.set(field.name(), of(field.value())));
                yield object;
            }
        };
    }

    /**
     * An argument: a text {@code 0x} and the bytes of SIP-005, or JSON as {@link #of} writes it.
     *
     * @param name of the parameter, for messages
     * @throws MalformedDataException if it is neither, or not of {@code type}; the message starts
     *     with the path to what is wrong
     */
    public static Value argument(String name, Type type, JsonNode node) {
        Value value =
                node.isTextual() && node.textValue().startsWith(BYTES_PREFIX)
                        ? decoded(name, node.textValue().substring(BYTES_PREFIX.length()))
                        : parse(name, type, node);
        MalformedDataException.unless(
                type.admits(value), name + ": a value of " + type + " expected");
        return value;
    }

    private static Value decoded(String name, String hex) {
        try {
            return ValueCodec.decode(Bytes.ofHex(hex));
        } catch (MalformedDataException e) {
            throw new MalformedDataException(
                    name + ": 0x is followed by a value in SIP-005 bytes: " + e.getMessage(), e);
        }
    }

    /** The depth is that of the type, the size that of the JSON. */
    private static Value parse(String path, Type type, JsonNode node) {
        return switch (type) {
            case Type.Simple simple ->
                    switch (simple) {
                        case INT -> Value.Int.of(number(path, "\"-5\"", node, true));
                        case UINT -> Value.UInt.of(number(path, "\"5\"", node, false));
                        case BOOL -> {
                            require(node.isBoolean(), path, "true or false");
                            yield new Value.Bool(node.booleanValue());
                        }
                        case PRINCIPAL -> principal(path, node);
                        case NOTHING -> throw fault(path, "nothing");
                    };
            case Type.Buffer _ -> buffer(path, node);
            case Type.Ascii _ -> {
                String text = text(path, "a text", node);
                require(isAscii(text), path, "a text in ASCII");
                yield Value.Ascii.of(text);
            }
            case Type.Utf8 _ -> Value.Utf8.of(text(path, "a text", node));
            case Type.OptionalType optional -> {
                if (node.isNull()) {
                    yield new Value.None();
                }
                require(has(node, "some"), path, "null or {\"some\": …}");
                yield new Value.Some(parse(path + ".some", optional.value(), node.get("some")));
            }
            case Type.ResponseType response -> {
                if (has(node, "ok")) {
                    yield new Value.Ok(parse(path + ".ok", response.ok(), node.get("ok")));
                }
                require(has(node, "err"), path, "{\"ok\": …} or {\"err\": …}");
                yield new Value.Err(parse(path + ".err", response.err(), node.get("err")));
            }
            case Type.ListType list -> {
                require(
                        node.isArray() && node.size() <= list.maxElements(),
                        path,
                        "a list of at most " + list.maxElements());
                List<Value> elements = new ArrayList<>(node.size());
                for (int i = 0; i < node.size(); i++) {
                    elements.add(parse(path + "[" + i + "]", list.element(), node.get(i)));
                }
                yield new Value.ListValue(elements);
            }
            case Type.TupleType tuple -> tuple(path, tuple, node);
        };
    }

    private static Value tuple(String path, Type.TupleType type, JsonNode node) {
        require(node.isObject(), path, "an object " + type);
        List<Value.Field> fields = new ArrayList<>(type.fields().size());
        for (Type.FieldType field : type.fields()) {
            String inner = path + "." + field.name();
            JsonNode value = node.get(field.name());
            if (value == null) {
                throw fault(inner, "a value of " + field.type());
            }
            fields.add(new Value.Field(field.name(), parse(inner, field.type(), value)));
        }
        require(node.size() == fields.size(), path, "no other fields than " + type);
        return new Value.Tuple(fields);
    }

    private static Value principal(String path, JsonNode node) {
        String text = text(path, "an address", node);
        try {
            return new Value.PrincipalValue(Principal.parse(text));
        } catch (MalformedDataException e) {
            throw new MalformedDataException(path + ": " + e.getMessage(), e);
        }
    }

    private static Value buffer(String path, JsonNode node) {
        String text = text(path, "bytes in hex", node);
        try {
            return new Value.Buffer(Bytes.ofHex(text));
        } catch (MalformedDataException e) {
            throw new MalformedDataException(path + ": bytes in hex expected", e);
        }
    }

    private static BigInteger number(String path, String example, JsonNode node, boolean signed) {
        String expected = "a number in decimal as text, such as " + example + ", of 128 bits";
        String digits = text(path, expected, node);
        require(
                digits.length() <= MAX_DIGITS && digits.matches(signed ? "-?[0-9]+" : "[0-9]+"),
                path,
                expected);
        var number = new BigInteger(digits);
        require(number.bitLength() <= (signed ? 127 : 128), path, expected);
        return number;
    }

    private static String text(String path, String expected, JsonNode node) {
        require(node.isTextual(), path, expected);
        return node.textValue();
    }

    private static boolean has(JsonNode node, String only) {
        return node.isObject() && node.size() == 1 && node.has(only);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~' || "\t\n\f\r".indexOf(c) >= 0);
    }

    private static void require(boolean holds, String path, String expected) {
        if (!holds) {
            throw fault(path, expected);
        }
    }

    private static MalformedDataException fault(String path, String expected) {
        return new MalformedDataException(path + ": " + expected + " expected");
    }
}
