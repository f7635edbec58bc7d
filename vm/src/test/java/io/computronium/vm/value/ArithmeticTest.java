package io.computronium.vm.value;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.vm.value.Value.Int;
import io.computronium.vm.value.Value.UInt;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Integers of 128 bits against the vectors, and against {@link BigInteger} as the authority. */
final class ArithmeticTest {

    private static final Map<String, BinaryOperator<Int>> SIGNED =
            Map.of(
                    "+", IntMath::plus,
                    "-", IntMath::minus,
                    "*", IntMath::times,
                    "/", IntMath::divide,
                    "mod", IntMath::mod,
                    "pow", IntMath::pow,
                    "sqrti", (a, _) -> IntMath.sqrti(a),
                    "log2", (a, _) -> IntMath.log2(a));

    private static final Map<String, BinaryOperator<UInt>> UNSIGNED =
            Map.of(
                    "+", UIntMath::plus,
                    "-", UIntMath::minus,
                    "*", UIntMath::times,
                    "/", UIntMath::divide,
                    "mod", UIntMath::mod,
                    "pow", UIntMath::pow,
                    "sqrti", (a, _) -> UIntMath.sqrti(a),
                    "log2", (a, _) -> UIntMath.log2(a));

    private static final BigInteger BASE = BigInteger.ONE.shiftLeft(128);
    private static final BigInteger HALF = BigInteger.ONE.shiftLeft(127);

    @Test
    void followsTheVectors() throws IOException {
        List<String> lines = VectorLines.of("arithmetic.tsv").toList();
        assertEquals(165, lines.size());
        for (String line : lines) {
            String[] parts = line.split("\t", -1);
            String answer;
            try {
                answer = ValueText.of(calculated(parts[0], parts[1], parts[2]));
            } catch (ArithmeticException e) {
                answer = "fails";
            }
            assertEquals(parts[3], answer, line);
        }
    }

    private static Value calculated(String operation, String left, String right) {
        Value a = ValueLiteral.parse(left);
        Value b = right.isEmpty() ? a : ValueLiteral.parse(right);
        int order =
                a instanceof Int signed
                        ? IntMath.compare(signed, (Int) b)
                        : UIntMath.compare((UInt) a, (UInt) b);
        return switch (operation) {
            case "<" -> new Value.Bool(order < 0);
            case "<=" -> new Value.Bool(order <= 0);
            case ">" -> new Value.Bool(order > 0);
            case ">=" -> new Value.Bool(order >= 0);
            default ->
                    a instanceof Int signed
                            ? requireNonNull(SIGNED.get(operation)).apply(signed, (Int) b)
                            : requireNonNull(UNSIGNED.get(operation)).apply((UInt) a, (UInt) b);
        };
    }

    @Test
    void agreesWithBigIntegers() {
        long seed = Long.getLong("properties.seed", 20_260_110);
        var random = new Random(seed);
        for (int i = 0; i < 40_000; i++) {
            BigInteger a = interesting(random);
            BigInteger b = interesting(random);
            String about = "seed " + seed + ": " + a + ", " + b;
            checkUnsigned(a, b, about);
            checkSigned(wrapped(a), wrapped(b), about);
        }
    }

    private static void checkUnsigned(BigInteger a, BigInteger b, String about) {
        UInt one = UInt.of(a);
        UInt two = UInt.of(b);
        assertEquals(a, one.toBigInteger(), about);
        assertEquals(a.compareTo(b), Integer.signum(UIntMath.compare(one, two)), about);
        checkUnsigned(a.add(b), UIntMath::plus, one, two, about);
        checkUnsigned(a.subtract(b), UIntMath::minus, one, two, about);
        checkUnsigned(a.multiply(b), UIntMath::times, one, two, about);
        if (b.signum() == 0) {
            assertThrows(ArithmeticException.class, () -> UIntMath.divide(one, two), about);
            assertThrows(ArithmeticException.class, () -> UIntMath.mod(one, two), about);
        } else {
            checkUnsigned(a.divide(b), UIntMath::divide, one, two, about);
            checkUnsigned(a.mod(b), UIntMath::mod, one, two, about);
        }
        int exponent = b.intValue() & 0x7f;
        BigInteger power = (a.bitLength() - 1) * exponent > 128 ? BASE : a.pow(exponent);
        checkUnsigned(power, UIntMath::pow, one, UInt.of(exponent), about);
        assertEquals(UInt.of(a.sqrt()), UIntMath.sqrti(one), about);
        checkLogarithm(a, () -> UIntMath.log2(one).toBigInteger(), about);
    }

    private static void checkSigned(BigInteger a, BigInteger b, String about) {
        Int one = Int.of(a);
        Int two = Int.of(b);
        assertEquals(a, one.toBigInteger(), about);
        assertEquals(a.compareTo(b), Integer.signum(IntMath.compare(one, two)), about);
        checkSigned(a.add(b), IntMath::plus, one, two, about);
        checkSigned(a.subtract(b), IntMath::minus, one, two, about);
        checkSigned(a.multiply(b), IntMath::times, one, two, about);
        if (b.signum() == 0) {
            assertThrows(ArithmeticException.class, () -> IntMath.divide(one, two), about);
            assertThrows(ArithmeticException.class, () -> IntMath.mod(one, two), about);
        } else {
            checkSigned(a.divide(b), IntMath::divide, one, two, about);
            boolean hasRest = a.divide(b).compareTo(HALF) < 0;
            checkSigned(hasRest ? a.remainder(b) : BASE, IntMath::mod, one, two, about);
        }
        int exponent = b.intValue() & 0x7f;
        BigInteger power = (a.abs().bitLength() - 1) * exponent > 128 ? BASE : a.pow(exponent);
        checkSigned(power, IntMath::pow, one, Int.of(exponent), about);
        if (a.signum() < 0) {
            assertThrows(ArithmeticException.class, () -> IntMath.sqrti(one), about);
        } else {
            assertEquals(Int.of(a.sqrt()), IntMath.sqrti(one), about);
        }
        checkLogarithm(a, () -> IntMath.log2(one).toBigInteger(), about);
    }

    private static void checkUnsigned(
            BigInteger expected, BinaryOperator<UInt> operation, UInt a, UInt b, String about) {
        if (expected.signum() >= 0 && expected.bitLength() <= 128) {
            assertEquals(UInt.of(expected), operation.apply(a, b), about);
        } else {
            assertThrows(ArithmeticException.class, () -> operation.apply(a, b), about);
        }
    }

    private static void checkSigned(
            BigInteger expected, BinaryOperator<Int> operation, Int a, Int b, String about) {
        if (expected.bitLength() < 128) {
            assertEquals(Int.of(expected), operation.apply(a, b), about);
        } else {
            assertThrows(ArithmeticException.class, () -> operation.apply(a, b), about);
        }
    }

    private static void checkLogarithm(BigInteger a, Supplier<BigInteger> log2, String about) {
        if (a.signum() <= 0) {
            assertThrows(ArithmeticException.class, log2::get, about);
        } else {
            assertEquals(BigInteger.valueOf(a.bitLength() - 1), log2.get(), about);
        }
    }

    /** Zero and one pass any exponent; minus one does not, as the vectors say. */
    @Test
    void takesExponentsOf32Bits() {
        Int huge = Int.of(BigInteger.ONE.shiftLeft(100));
        Int negative = Int.of(-1);
        for (Int exponent : List.of(huge, negative)) {
            assertEquals(Int.of(0), IntMath.pow(Int.of(0), exponent));
            assertEquals(Int.of(1), IntMath.pow(Int.of(1), exponent));
            assertThrows(ArithmeticException.class, () -> IntMath.pow(Int.of(-1), exponent));
            assertThrows(ArithmeticException.class, () -> IntMath.pow(Int.of(2), exponent));
        }
        assertEquals(Int.of(-1), IntMath.pow(Int.of(-1), Int.of(0xffff_ffffL)));
        UInt over = UInt.of(1L << 32);
        assertThrows(ArithmeticException.class, () -> UIntMath.pow(UInt.of(2), over));
    }

    @Test
    void hasRoomFor128Bits() {
        UnaryOperator<BigInteger> up = value -> value.add(BigInteger.ONE);
        assertThrows(ArithmeticException.class, () -> UInt.of(BASE));
        assertThrows(ArithmeticException.class, () -> UInt.of(BigInteger.ONE.negate()));
        assertThrows(ArithmeticException.class, () -> Int.of(HALF));
        assertThrows(ArithmeticException.class, () -> Int.of(up.apply(HALF).negate()));
        assertTrue(Int.of(HALF.negate()).high() < 0);
    }

    private static BigInteger wrapped(BigInteger unsigned) {
        return unsigned.compareTo(HALF) < 0 ? unsigned : unsigned.subtract(BASE);
    }

    /** Of any length, and often next to a power of two or made of runs of ones. */
    private static BigInteger interesting(Random random) {
        int bits = random.nextInt(129);
        return switch (random.nextInt(4)) {
            case 0 -> new BigInteger(bits, random);
            case 1 ->
                    BigInteger.ONE
                            .shiftLeft(bits)
                            .add(BigInteger.valueOf(random.nextInt(5) - 2))
                            .mod(BASE);
            case 2 ->
                    BigInteger.ONE
                            .shiftLeft(bits)
                            .subtract(BigInteger.ONE.shiftLeft(random.nextInt(bits + 1)))
                            .mod(BASE);
            default -> BigInteger.valueOf(random.nextInt(20));
        };
    }
}
