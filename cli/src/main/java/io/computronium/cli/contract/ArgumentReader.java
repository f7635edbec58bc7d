package io.computronium.cli.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.node.rpc.ValueJson;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Coin;
import io.computronium.primitives.MalformedDataException;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Unit;
import io.computronium.vm.type.Type;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueLiteral;
import io.computronium.vm.value.ValueSyntaxException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads arguments as people type them, by the declared type and unit. */
public final class ArgumentReader {

    /** At a block a second. */
    private static final Map<String, Long> SPANS =
            Map.of(
                    "blocks", 1L, "block", 1L, "s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L, "w",
                    604_800L);

    private static final int MAX_DIGITS = 39;
    private static final int MAX_FILE_BYTES = 1 << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Names names;

    public ArgumentReader(Names names) {
        this.names = names;
    }

    /**
     * The value of an option or of a word of a generated command.
     *
     * @throws Failure with the parameter's name and what it takes
     */
    public Value read(Parameter<?> parameter, String text) {
        return checked(
                parameter, value(parameter, parameter.shape().type(), parameter.unit(), text));
    }

    /** What a parameter is that nobody gave, if it may be left out. */
    public static Optional<Value> absent(Parameter<?> parameter) {
        return switch (parameter.shape().type()) {
            case Type.OptionalType _ -> Optional.of(new Value.None());
            case Type.ListType _ -> Optional.of(new Value.ListValue(List.of()));
            case Type.Simple simple when simple == Type.Simple.BOOL ->
                    Optional.of(new Value.Bool(false));
            default -> Optional.empty();
        };
    }

    /**
     * An argument of {@code contract call}: {@code 0x} and SIP-005 bytes, JSON, or a literal of the
     * language; else as {@link #read}.
     */
    public Value readAny(Parameter<?> parameter, String text) {
        Type type = parameter.shape().type();
        if (text.startsWith("0x")) {
            return json(parameter, JSON.getNodeFactory().textNode(text));
        }
        if (isJson(text) || isNothing(type, text)) {
            return json(parameter, parsed(parameter, text));
        }
        Optional<Value> literal = literal(text);
        return literal.filter(type::admits).isPresent()
                ? literal.orElseThrow()
                : read(parameter, text);
    }

    private Value value(Parameter<?> parameter, Type type, Unit unit, String text) {
        return switch (type) {
            case Type.Simple simple ->
                    switch (simple) {
                        case UINT -> unsigned(parameter, unit, text);
                        case INT -> signed(parameter, text);
                        case BOOL -> bool(parameter, text);
                        case PRINCIPAL -> principal(text);
                        case NOTHING -> throw fault(parameter, "takes nothing", "leave it out");
                    };
            case Type.Buffer buffer -> bytes(parameter, buffer, text);
            case Type.Ascii _ -> ascii(parameter, text);
            case Type.Utf8 _ -> Value.Utf8.of(text);
            case Type.OptionalType optional ->
                    text.equals("none")
                            ? new Value.None()
                            : composite(text)
                                    .orElseGet(() ->
                                            new Value.Some(
                                                    value(
                                                            parameter,
                                                            optional.value(),
                                                            unit,
                                                            text)));
            case Type.ListType list -> list(parameter, list, unit, text);
            case Type.ResponseType _, Type.TupleType _ -> structure(parameter, text);
        };
    }

    /** A literal that can only be meant as such. */
    private static Optional<Value> composite(String text) {
        return text.startsWith("(some ") ? literal(text) : Optional.empty();
    }

    private Value list(Parameter<?> parameter, Type.ListType type, Unit unit, String text) {
        if (text.startsWith("(") || text.startsWith("[") || text.endsWith(".json")) {
            return structure(parameter, text);
        }
        List<Value> elements = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!text.isEmpty()) {
                elements.add(value(parameter, type.element(), unit, part.strip()));
            }
        }
        return new Value.ListValue(elements);
    }

    /** A literal, JSON, or a file with either. */
    private Value structure(Parameter<?> parameter, String text) {
        String content = text.endsWith(".json") ? file(parameter, text) : text;
        if (isJson(content)) {
            return json(parameter, parsed(parameter, content));
        }
        try {
            return ValueLiteral.parse(content);
        } catch (ValueSyntaxException e) {
            throw fault(
                    parameter,
                    e.getMessage() + "\n" + e.picture(),
                    "write a value like {a: u1} or (list u1 u2), or JSON");
        }
    }

    private static Value unsigned(Parameter<?> parameter, Unit unit, String text) {
        return switch (unit) {
            case COIN -> Value.UInt.of(coins(parameter, text));
            case BLOCKS -> blocks(parameter, text);
            case BASIS_POINTS -> basisPoints(parameter, text);
            case TOKEN, PLAIN ->
                    Value.UInt.of(
                            natural(text.startsWith("u") ? text.substring(1) : text)
                                    .orElseThrow(() ->
                                            fault(
                                                    parameter,
                                                    "a number expected",
                                                    "write digits only, such as 5")));
        };
    }

    private static long coins(Parameter<?> parameter, String text) {
        try {
            return Coin.parse(text);
        } catch (IllegalArgumentException e) {
            throw fault(
                    parameter, String.valueOf(e.getMessage()), "write 1.5cptm or 150000000grain");
        }
    }

    private static Value blocks(Parameter<?> parameter, String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        String unit = text.substring(digits);
        Optional<BigInteger> count = natural(text.substring(0, digits));
        Long factor = unit.isEmpty() ? Long.valueOf(1) : SPANS.get(unit);
        if (count.isEmpty() || factor == null) {
            throw fault(
                    parameter,
                    "a number of blocks expected",
                    "write 100blocks, or a time like 30m, 12h, 7d, at a block a second");
        }
        return uint(parameter, count.get().multiply(BigInteger.valueOf(factor)));
    }

    private static Value basisPoints(Parameter<?> parameter, String text) {
        try {
            if (text.endsWith("%") && text.length() <= MAX_DIGITS && text.matches("[0-9.]+%")) {
                var percent = new BigDecimal(text.substring(0, text.length() - 1));
                return uint(parameter, percent.movePointRight(2).toBigIntegerExact());
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Said below.
        }
        String digits = text.endsWith("bp") ? text.substring(0, text.length() - 2) : text;
        return Value.UInt.of(
                natural(digits)
                        .orElseThrow(() ->
                                fault(
                                        parameter,
                                        "a share in steps of 0.01% expected",
                                        "write 2.5% or 250bp")));
    }

    private static Value signed(Parameter<?> parameter, String text) {
        boolean negative = text.startsWith("-");
        var magnitude =
                natural(negative ? text.substring(1) : text)
                        .orElseThrow(() -> fault(parameter, "a number expected", "write 5 or -5"));
        try {
            return Value.Int.of(negative ? magnitude.negate() : magnitude);
        } catch (ArithmeticException e) {
            throw tooLarge(parameter);
        }
    }

    private static Value uint(Parameter<?> parameter, BigInteger number) {
        try {
            return Value.UInt.of(number);
        } catch (ArithmeticException e) {
            throw tooLarge(parameter);
        }
    }

    private static Failure tooLarge(Parameter<?> parameter) {
        return fault(parameter, "the number needs more than 128 bits", "write a smaller one");
    }

    private static Optional<BigInteger> natural(String digits) {
        boolean isNumber =
                !digits.isEmpty()
                        && digits.length() <= MAX_DIGITS
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber
                ? Optional.of(new BigInteger(digits)).filter(number -> number.bitLength() <= 128)
                : Optional.empty();
    }

    private static Value bool(Parameter<?> parameter, String text) {
        return switch (text) {
            case "true" -> new Value.Bool(true);
            case "false" -> new Value.Bool(false);
            default -> throw fault(parameter, "true or false expected", "write one of the two");
        };
    }

    private Value principal(String text) {
        return new Value.PrincipalValue(
                names.principal(text.startsWith("'") ? text.substring(1) : text));
    }

    /** Hex, or for what is as long as a key, the name of one. */
    private Value bytes(Parameter<?> parameter, Type.Buffer type, String text) {
        if (type.maxBytes() == 32 && names.key(text).isPresent()) {
            return new Value.Buffer(Bytes.owned(names.key(text).orElseThrow().toArray()));
        }
        try {
            return new Value.Buffer(Bytes.ofHex(text.startsWith("0x") ? text.substring(2) : text));
        } catch (MalformedDataException e) {
            throw fault(parameter, "bytes in hex expected: " + e.getMessage(), "write 0xc0ffee");
        }
    }

    private static Value ascii(Parameter<?> parameter, String text) {
        try {
            return Value.Ascii.of(text);
        } catch (MalformedDataException e) {
            throw fault(parameter, "only ASCII characters are possible", "leave out accents");
        }
    }

    private static Optional<Value> literal(String text) {
        try {
            return Optional.of(ValueLiteral.parse(text));
        } catch (ValueSyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isJson(String text) {
        return text.startsWith("[") || text.matches("(?s)\\{\\s*(\".*|})");
    }

    private static boolean isNothing(Type type, String text) {
        return type instanceof Type.OptionalType && text.equals("null");
    }

    private static JsonNode parsed(Parameter<?> parameter, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw fault(parameter, "not JSON: " + e.getOriginalMessage(), "check the quotes");
        }
    }

    private static Value json(Parameter<?> parameter, JsonNode node) {
        try {
            return ValueJson.argument(parameter.name(), parameter.shape().type(), node);
        } catch (MalformedDataException e) {
            throw new Failure(
                    ErrorCode.USAGE, String.valueOf(e.getMessage()), advice(parameter), e);
        }
    }

    private static String file(Parameter<?> parameter, String name) {
        try (var in = Files.newInputStream(Path.of(name))) {
            var content = in.readNBytes(MAX_FILE_BYTES);
            return new String(content, StandardCharsets.UTF_8).strip();
        } catch (IOException | InvalidPathException e) {
            throw fault(parameter, "cannot read " + name + ": " + e, "name a file with the value");
        }
    }

    private static Value checked(Parameter<?> parameter, Value value) {
        Type type = parameter.shape().type();
        if (!type.admits(value)) {
            throw fault(parameter, "a value of " + type + " expected", advice(parameter));
        }
        return value;
    }

    private static String advice(Parameter<?> parameter) {
        return parameter.name() + " is " + parameter.meaning();
    }

    private static Failure fault(Parameter<?> parameter, String what, String next) {
        return new Failure(ErrorCode.USAGE, parameter.name() + ": " + what, next);
    }
}
