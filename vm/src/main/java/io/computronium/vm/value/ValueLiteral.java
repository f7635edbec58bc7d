package io.computronium.vm.value;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reads a value as the contract language writes it: the inverse of {@link ValueText}, for what
 * people type.
 *
 * <pre>
 * -5  u5  true  none  0xc0ffee  "text"  u"any text"
 * 'SC….name  (list u1 u2)  (some u1)  (ok true)  (err u1)  {amount: u5, memo: none}
 * </pre>
 *
 * Fields of a tuple may come in any order. The work is linear in the length of the text.
 */
public final class ValueLiteral {

    /** Digits of 2^128. */
    private static final int MAX_DIGITS = 39;

    private final String text;
    private int at;

    private ValueLiteral(String text) {
        this.text = text;
    }

    /**
     * @throws ValueSyntaxException if {@code text} is not one value within the limits of {@link
     *     ValueCodec}; nothing else is thrown, whatever it is
     */
    public static Value parse(String text) {
        var literal = new ValueLiteral(text);
        literal.skipSpace();
        Value value = literal.value(1);
        literal.skipSpace();
        if (literal.at < text.length()) {
            throw literal.fault("the value ends before this");
        }
        literal.requireEncodable(value);
        return value;
    }

    private void requireEncodable(Value value) {
        try {
            ValueCodec.encode(value);
        } catch (IllegalArgumentException e) {
            throw new ValueSyntaxException(text, 0, String.valueOf(e.getMessage()));
        }
    }

    private Value value(int depth) {
        if (depth > ValueCodec.MAX_DEPTH) {
            throw fault("a value is at most " + ValueCodec.MAX_DEPTH + " deep");
        }
        int start = at;
        char c = peek();
        if (c == '(') {
            return form(depth);
        }
        if (c == '{') {
            return tuple(depth);
        }
        if (c == '"') {
            return checked(start, () -> Value.Ascii.of(quoted()));
        }
        if (text.startsWith("u\"", at)) {
            at++;
            return checked(start, () -> Value.Utf8.of(quoted()));
        }
        if (c == '\'') {
            at++;
            String principal = word();
            return checked(start, () -> new Value.PrincipalValue(Principal.parse(principal)));
        }
        return atom(start, word());
    }

    private Value atom(int start, String word) {
        switch (word) {
            case "true" -> {
                return new Value.Bool(true);
            }
            case "false" -> {
                return new Value.Bool(false);
            }
            case "none" -> {
                return new Value.None();
            }
            default -> {}
        }
        if (word.startsWith("0x")) {
            return checked(start, () -> new Value.Buffer(Bytes.ofHex(word.substring(2))));
        }
        if (isNumber(word, 1) && word.charAt(0) == 'u') {
            return checked(start, () -> Value.UInt.of(number(word.substring(1))));
        }
        if (isNumber(word, 0) || isNumber(word, 1) && word.charAt(0) == '-') {
            return checked(start, () -> Value.Int.of(number(word)));
        }
        at = start;
        throw fault(
                word.startsWith("S") && word.length() > 20
                        ? "an address in a value is written with ' before it"
                        : "a value expected, such as u5, true, none, 0x00, \"text\", 'SC….name,"
                                + " (some u5), (list u1 u2) or {name: u5}");
    }

    private static boolean isNumber(String word, int from) {
        return word.length() > from && word.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
    }

    private static BigInteger number(String digits) {
        // Leading zeros and the sign leave room; what is longer cannot fit.
        MalformedDataException.unless(
                digits.length() <= MAX_DIGITS + 1, "a number has at most 128 bits");
        return new BigInteger(digits);
    }

    private Value form(int depth) {
        at++;
        skipSpace();
        int start = at;
        String kind = word();
        Value value =
                switch (kind) {
                    case "some" -> new Value.Some(operand(depth));
                    case "ok" -> new Value.Ok(operand(depth));
                    case "err" -> new Value.Err(operand(depth));
                    case "list" -> new Value.ListValue(elements(depth));
                    default -> {
                        at = start;
                        throw fault("some, ok, err or list expected after the parenthesis");
                    }
                };
        skipSpace();
        expect(')');
        return value;
    }

    private Value operand(int depth) {
        skipSpace();
        return value(depth + 1);
    }

    private List<Value> elements(int depth) {
        List<Value> elements = new ArrayList<>();
        for (skipSpace(); peek() != ')'; skipSpace()) {
            elements.add(value(depth + 1));
        }
        return elements;
    }

    private Value tuple(int depth) {
        SortedMap<String, Value> fields = new TreeMap<>();
        int open = at++;
        skipSpace();
        while (peek() != '}') {
            int start = at;
            String name = word();
            if (!Names.isName(name) || fields.containsKey(name)) {
                at = start;
                throw fault(
                        fields.containsKey(name)
                                ? "there is a field of this name already"
                                : "a name of a field expected");
            }
            skipSpace();
            expect(':');
            fields.put(name, operand(depth));
            skipSpace();
            if (peek() == ',') {
                at++;
                skipSpace();
            } else if (peek() != '}') {
                throw fault(", or } expected");
            }
        }
        at++;
        return checked(open, () -> Value.Tuple.of(fields));
    }

    private String quoted() {
        var content = new StringBuilder();
        expect('"');
        while (peek() != '"') {
            int start = at;
            char c = text.charAt(at++);
            if (c == '\\') {
                content.appendCodePoint(escaped(start));
            } else if (Character.isHighSurrogate(c)
                    && at < text.length()
                    && Character.isLowSurrogate(text.charAt(at))) {
                content.append(c).append(text.charAt(at++));
            } else if (Character.isSurrogate(c)) {
                at = start;
                throw fault("half a character");
            } else {
                content.append(c);
            }
        }
        at++;
        return content.toString();
    }

    private int escaped(int start) {
        char c = peek();
        at++;
        switch (c) {
            case '"', '\\' -> {
                return c;
            }
            case 'n' -> {
                return '\n';
            }
            case 'r' -> {
                return '\r';
            }
            case 't' -> {
                return '\t';
            }
            case 'u' -> {
                int close = text.indexOf('}', at);
                if (peek() == '{' && close > at + 1 && close <= at + 7) {
                    String digits = text.substring(at + 1, close);
                    if (digits.chars().allMatch(digit -> Character.digit(digit, 16) >= 0)) {
                        int codePoint = Integer.parseInt(digits, 16);
                        if (codePoint <= Character.MAX_CODE_POINT
                                && (codePoint < Character.MIN_SURROGATE
                                        || codePoint > Character.MAX_SURROGATE)) {
                            at = close + 1;
                            return codePoint;
                        }
                    }
                }
            }
            default -> {}
        }
        at = start;
        throw fault("\\\" \\\\ \\n \\r \\t or \\u{…} expected");
    }

    /** What {@code make} makes; what it finds wrong is wrong at {@code start}. */
    private Value checked(int start, Supplier<Value> make) {
        try {
            return make.get();
        } catch (MalformedDataException | ArithmeticException e) {
            at = start;
            throw fault(String.valueOf(e.getMessage()));
        }
    }

    /** Everything up to white space or one of {@code (){}:,"'}. */
    private String word() {
        int start = at;
        while (at < text.length()
                && !isSpace(text.charAt(at))
                && "(){}:,\"'".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private void expect(char c) {
        if (peek() != c) {
            throw fault(c + " expected");
        }
        at++;
    }

    private char peek() {
        if (at == text.length()) {
            throw fault("there should be more");
        }
        return text.charAt(at);
    }

    private ValueSyntaxException fault(String what) {
        return new ValueSyntaxException(text, at, what);
    }
}
