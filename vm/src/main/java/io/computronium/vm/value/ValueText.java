package io.computronium.vm.value;

import io.computronium.primitives.Uint128;
import java.util.List;

/**
 * Values as the contract language writes them: {@code (ok { amount: u5, memo: none })}. For people;
 * the bytes of {@link ValueCodec} are the authority.
 *
 * <p>{@link ValueLiteral} reads the same text back. Control characters other than line breaks and
 * tabs are shown as {@code \}{@code u{1b}}, so that text from a contract cannot steer a terminal.
 */
public final class ValueText {

    private final StringBuilder out = new StringBuilder();

    private ValueText() {}

    public static String of(Value value) {
        var text = new ValueText();
        text.append(value);
        return text.out.toString();
    }

    private void append(Value value) {
        switch (value) {
            case Value.Int integer -> out.append(integer.toBigInteger());
            case Value.UInt integer ->
                    out.append('u').append(new Uint128(integer.high(), integer.low()));
            case Value.Bool bool -> out.append(bool.value());
            case Value.Buffer buffer -> out.append("0x").append(buffer.bytes().toHex());
            case Value.Ascii text -> appendQuoted("", text.text());
            case Value.Utf8 text -> appendQuoted("u", text.text());
            case Value.PrincipalValue principal -> out.append('\'').append(principal.principal());
            case Value.None none -> out.append("none");
            case Value.Some some -> appendWrapped("some", some.value());
            case Value.Ok ok -> appendWrapped("ok", ok.value());
            case Value.Err err -> appendWrapped("err", err.value());
            case Value.ListValue list -> append(list.elements());
            case Value.Tuple tuple -> append(tuple);
        }
    }

    private void appendWrapped(String kind, Value value) {
        out.append('(').append(kind).append(' ');
        append(value);
        out.append(')');
    }

    private void append(List<Value> elements) {
        out.append("(list");
        for (Value element : elements) {
            out.append(' ');
            append(element);
        }
        out.append(')');
    }

    private void append(Value.Tuple tuple) {
        String separator = "{ ";
        for (Value.Field field : tuple.fields()) {
            out.append(separator).append(field.name()).append(": ");
            append(field.value());
            separator = ", ";
        }
        out.append(" }");
    }

    private void appendQuoted(String prefix, String text) {
        out.append(prefix).append('"');
        text.codePoints().forEach(this::appendCharacter);
        out.append('"');
    }

    private void appendCharacter(int c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ' || c >= 0x7f && c < 0xa0) {
                    out.append("\\u{").append(Integer.toHexString(c)).append('}');
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }
}
