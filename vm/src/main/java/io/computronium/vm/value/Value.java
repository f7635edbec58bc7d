package io.computronium.vm.value;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A value of the contract language. Immutable, and equal by content.
 *
 * <p>A value that exists is well formed by itself. Whether the elements of a list agree, and
 * whether a value is of some type, is for types to say.
 */
public sealed interface Value {

    /**
     * A signed integer of 128 bits in two's complement.
     *
     * @param high the upper 64 bits
     * @param low the lower 64 bits, unsigned
     */
    record Int(long high, long low) implements Value {
        public static Int of(long value) {
            return new Int(value >> 63, value);
        }

        /**
         * @throws ArithmeticException if {@code value} needs more than 128 bits
         */
        public static Int of(BigInteger value) {
            requireBits(value.bitLength() < 2 * Long.SIZE);
            return new Int(value.shiftRight(Long.SIZE).longValue(), value.longValue());
        }

        public BigInteger toBigInteger() {
            return BigInteger.valueOf(high)
                    .shiftLeft(Long.SIZE)
                    .or(new Uint128(0, low).toBigInteger());
        }
    }

    /**
     * An unsigned integer of 128 bits.
     *
     * @param high the upper 64 bits, unsigned
     * @param low the lower 64 bits, unsigned
     */
    record UInt(long high, long low) implements Value {
        /**
         * @param value at least 0
         */
        public static UInt of(long value) {
            if (value < 0) {
                throw new IllegalArgumentException("negative: " + value);
            }
            return new UInt(0, value);
        }

        /**
         * @throws ArithmeticException if {@code value} is negative or needs more than 128 bits
         */
        public static UInt of(BigInteger value) {
            requireBits(value.signum() >= 0 && value.bitLength() <= 2 * Long.SIZE);
            return new UInt(value.shiftRight(Long.SIZE).longValue(), value.longValue());
        }

        public BigInteger toBigInteger() {
            return new Uint128(high, low).toBigInteger();
        }
    }

    record Bool(boolean value) implements Value {}

    record Buffer(Bytes bytes) implements Value {}

    /**
     * Text of printable ASCII characters and white space.
     *
     * @param bytes the characters
     */
    record Ascii(Bytes bytes) implements Value {
        /**
         * @throws MalformedDataException if a character is anything else
         */
        public Ascii {
            for (int i = 0; i < bytes.size(); i++) {
                MalformedDataException.unless(
                        isText(bytes.at(i)), "string-ascii: neither printable nor white space");
            }
        }

        public static Ascii of(String text) {
            return new Ascii(Bytes.owned(text.getBytes(StandardCharsets.UTF_8)));
        }

        public String text() {
            return new String(bytes.toArray(), StandardCharsets.US_ASCII);
        }

        private static boolean isText(byte c) {
            return c >= ' ' && c <= '~' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
        }
    }

    /**
     * Text.
     *
     * @param bytes in UTF-8, which is also what order and equality go by
     */
    record Utf8(Bytes bytes) implements Value {
        /**
         * @throws MalformedDataException if the bytes are not UTF-8
         */
        public Utf8 {
            // What is not UTF-8 is decoded to replacement characters, and these to other bytes.
            byte[] array = bytes.toArray();
            String text = new String(array, StandardCharsets.UTF_8);
            MalformedDataException.unless(
                    Arrays.equals(array, text.getBytes(StandardCharsets.UTF_8)),
                    "string-utf8: not UTF-8");
        }

        public static Utf8 of(String text) {
            return new Utf8(Bytes.owned(text.getBytes(StandardCharsets.UTF_8)));
        }

        public String text() {
            return new String(bytes.toArray(), StandardCharsets.UTF_8);
        }
    }

    /** An account or a contract. */
    record PrincipalValue(Principal principal) implements Value {}

    /** Something or nothing. */
    sealed interface OptionalValue extends Value {}

    record None() implements OptionalValue {}

    record Some(Value value) implements OptionalValue {}

    /** How a public function ends. */
    sealed interface Response extends Value {}

    /** Its changes stay. */
    record Ok(Value value) implements Response {}

    /** Its changes are undone. */
    record Err(Value value) implements Response {}

    record ListValue(List<Value> elements) implements Value {
        public ListValue {
            elements = List.copyOf(elements);
        }

        public static ListValue of(Value... elements) {
            return new ListValue(List.of(elements));
        }
    }

    /**
     * Named values.
     *
     * @param fields at least one, ascending by the bytes of the names, which differ
     */
    record Tuple(List<Field> fields) implements Value {
        /**
         * @throws MalformedDataException if there is no field, or they are not in order
         */
        public Tuple {
            fields = List.copyOf(fields);
            MalformedDataException.unless(!fields.isEmpty(), "tuple: no field");
            for (int i = 1; i < fields.size(); i++) {
                MalformedDataException.unless(
                        fields.get(i - 1).name.compareTo(fields.get(i).name) < 0,
                        "tuple: names must ascend and differ");
            }
        }

        /** In natural order, which for names is that of their bytes. */
        public static Tuple of(SortedMap<String, Value> values) {
            List<Field> fields = new ArrayList<>(values.size());
            for (Map.Entry<String, Value> entry : values.entrySet()) {
                fields.add(new Field(entry.getKey(), entry.getValue()));
            }
            return new Tuple(fields);
        }
    }

    /** One named value of a {@link Tuple}. */
    record Field(String name, Value value) {
        /**
         * @throws MalformedDataException unless {@code name} is a {@link Names#isName name}
         */
        public Field {
            MalformedDataException.unless(Names.isName(name), "tuple: not a name of a field");
        }
    }

    private static void requireBits(boolean fit) {
        if (!fit) {
            throw Words128.overflow();
        }
    }
}
