package io.computronium.vm.contract;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.vm.type.Type;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a Java type appears as a value of the contract language.
 *
 * @param <T> the Java type, immutable
 */
public interface Shape<T> {

    /** The language's type: what {@link #toValue} makes is always of it. */
    Type type();

    Value toValue(T java);

    /**
     * The inverse of {@link #toValue}.
     *
     * @param value of {@link #type}
     * @throws MalformedDataException if the Java type is narrower than the language's and has no
     *     room for the value
     */
    T fromValue(Value value);

    default Bytes encode(T java) {
        return ValueCodec.encode(toValue(java));
    }

    /**
     * @throws MalformedDataException if the bytes are no value of this shape
     */
    default T decode(Bytes bytes) {
        Value value = ValueCodec.decode(bytes);
        MalformedDataException.unless(type().admits(value), "value: not of the declared type");
        return fromValue(value);
    }

    /** A {@code uint} that fits 63 bits: amounts, counters, heights. */
    Shape<Long> UINT =
            of(
                    Type.Simple.UINT,
                    Value.UInt::of,
                    value -> {
                        var integer = (Value.UInt) value;
                        MalformedDataException.unless(
                                integer.high() == 0 && integer.low() >= 0, "uint: over 63 bits");
                        return integer.low();
                    });

    /** Any {@code uint}. */
    Shape<Uint128> UINT128 =
            of(
                    Type.Simple.UINT,
                    java -> new Value.UInt(java.high(), java.low()),
                    value -> {
                        var integer = (Value.UInt) value;
                        return new Uint128(integer.high(), integer.low());
                    });

    Shape<Boolean> BOOL =
            of(Type.Simple.BOOL, Value.Bool::new, value -> ((Value.Bool) value).value());

    Shape<Principal> PRINCIPAL =
            of(
                    Type.Simple.PRINCIPAL,
                    Value.PrincipalValue::new,
                    value -> ((Value.PrincipalValue) value).principal());

    static Shape<Bytes> buffer(int maxBytes) {
        return of(
                new Type.Buffer(maxBytes),
                Value.Buffer::new,
                value -> ((Value.Buffer) value).bytes());
    }

    /** A buffer of exactly {@code size} bytes, which the language cannot say. */
    static Shape<Bytes> bytes(int size) {
        return of(
                new Type.Buffer(size),
                Value.Buffer::new,
                value -> {
                    Bytes bytes = ((Value.Buffer) value).bytes();
                    MalformedDataException.unless(
                            bytes.size() == size, "buffer: " + size + " bytes expected");
                    return bytes;
                });
    }

    static Shape<String> ascii(int maxCharacters) {
        return of(
                new Type.Ascii(maxCharacters),
                Value.Ascii::of,
                value -> ((Value.Ascii) value).text());
    }

    static Shape<String> utf8(int maxCharacters) {
        return of(
                new Type.Utf8(maxCharacters), Value.Utf8::of, value -> ((Value.Utf8) value).text());
    }

    /**
     * A value that standards want as {@code (ok …)} even where nothing can go wrong, as the
     * read-only functions of SIP-010.
     */
    static <T> Shape<T> response(Shape<T> shape) {
        return of(
                new Type.ResponseType(shape.type(), Type.Simple.UINT),
                java -> new Value.Ok(shape.toValue(java)),
                value -> {
                    if (value instanceof Value.Ok ok) {
                        return shape.fromValue(ok.value());
                    }
                    throw new MalformedDataException("response: an error");
                });
    }

    /** One of a few constants, as a {@code uint}: the index in {@code constants}. */
    static <E extends Enum<E>> Shape<E> choice(List<E> constants) {
        return UINT.map(
                index -> {
                    MalformedDataException.unless(index < constants.size(), "uint: no such choice");
                    return constants.get(Math.toIntExact(index));
                },
                constant -> (long) constants.indexOf(constant));
    }

    static <T> Shape<Optional<T>> optional(Shape<T> shape) {
        return of(
                new Type.OptionalType(shape.type()),
                java ->
                        java.isPresent()
                                ? new Value.Some(shape.toValue(java.get()))
                                : new Value.None(),
                value ->
                        value instanceof Value.Some some
                                ? Optional.of(shape.fromValue(some.value()))
                                : Optional.empty());
    }

    static <T> Shape<List<T>> list(Shape<T> shape, int maxElements) {
        return of(
                new Type.ListType(shape.type(), maxElements),
                java -> {
                    List<Value> values = new ArrayList<>(java.size());
                    for (T element : java) {
                        values.add(shape.toValue(element));
                    }
                    return new Value.ListValue(values);
                },
                value -> {
                    List<Value> values = ((Value.ListValue) value).elements();
                    List<T> java = new ArrayList<>(values.size());
                    for (Value element : values) {
                        java.add(shape.fromValue(element));
                    }
                    return List.copyOf(java);
                });
    }

    /**
     * The same values under another Java type.
     *
     * @param there throws {@link MalformedDataException} on what the other type has no room for
     */
    default <U> Shape<U> map(Function<T, U> there, Function<U, T> back) {
        return of(
                type(), java -> toValue(back.apply(java)), value -> there.apply(fromValue(value)));
    }

    /** The shape that the two functions make. */
    static <T> Shape<T> of(Type type, Function<T, Value> toValue, Function<Value, T> fromValue) {
        return new Shape<>() {
            @Override
            public Type type() {
                return type;
            }

            @Override
            public Value toValue(T java) {
                return toValue.apply(java);
            }

            @Override
            public T fromValue(Value value) {
                return fromValue.apply(value);
            }
        };
    }
}
