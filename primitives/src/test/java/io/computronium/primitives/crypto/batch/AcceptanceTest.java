package io.computronium.primitives.crypto.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.Vectors;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.crypto.ReferenceCurve;
import io.computronium.primitives.crypto.SignatureCheck;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A batch accepts exactly what the single check accepts, crafted signatures above all: a difference
 * would be a fork.
 */
class AcceptanceTest {

    private static final byte[] MESSAGE = {1, 2, 3};
    private static final List<SignatureCheck> GOOD = good(20);

    static Stream<BatchVerifier> verifiers() {
        return Engines.verifiers();
    }

    @ParameterizedTest
    @MethodSource("verifiers")
    void publishedCases(BatchVerifier verifier) {
        List<SignatureCheck> checks = new ArrayList<>();
        for (var vector : Vectors.read("ed25519/speccheck-cases.json")) {
            checks.add(
                    check(
                            Vectors.hex(vector, "pub_key"),
                            Vectors.hex(vector, "message"),
                            Vectors.hex(vector, "signature")));
        }
        for (var group : Vectors.read("ed25519/wycheproof-ed25519.json").get("testGroups")) {
            var key = Vectors.hex(group.get("publicKey"), "pk");
            for (var vector : group.get("tests")) {
                var signature = Vectors.hex(vector, "sig");
                if (signature.length == Signature.SIZE) {
                    checks.add(check(key, Vectors.hex(vector, "msg"), signature));
                }
            }
        }
        assertAgrees(verifier, checks);
    }

    /** All 64 ways to hide points of small order in the key and in R of an honest signature. */
    @ParameterizedTest
    @MethodSource("verifiers")
    void whateverHidesInTheCofactor(BatchVerifier verifier) {
        var random = new Random(8032);
        List<SignatureCheck> valid = new ArrayList<>();
        List<SignatureCheck> invalid = new ArrayList<>();
        for (var inKey : ReferenceCurve.TORSION) {
            for (var inR : ReferenceCurve.TORSION) {
                var a = new BigInteger(300, random).mod(ReferenceCurve.L);
                var r = new BigInteger(300, random).mod(ReferenceCurve.L);
                var key = ReferenceCurve.BASE.times(a).plus(inKey).encode();
                var point = ReferenceCurve.BASE.times(r).plus(inR).encode();
                var k = ReferenceCurve.challenge(point, key, MESSAGE);
                var s = k.multiply(a).add(r).mod(ReferenceCurve.L);
                valid.add(check(key, MESSAGE, ReferenceCurve.signature(point, s)));
                for (var wrong : List.of(s.add(ReferenceCurve.L), s.flipBit(0), BigInteger.ZERO)) {
                    invalid.add(check(key, MESSAGE, ReferenceCurve.signature(point, wrong)));
                }
            }
        }
        assertEquals(64, verifier.verify(valid).cardinality());
        assertEquals(0, verifier.verify(invalid).cardinality());
        var both = new ArrayList<>(valid);
        both.addAll(invalid);
        assertAgrees(verifier, both);
    }

    /** Keys and R of small order in every encoding, and encodings of y from p on. */
    @ParameterizedTest
    @MethodSource("verifiers")
    void whatNobodySigned(BatchVerifier verifier) {
        List<byte[]> points = new ArrayList<>(ReferenceCurve.encodingsOfSmallOrder());
        for (int above = 0; above < 19; above++) {
            var y = ReferenceCurve.P.add(BigInteger.valueOf(above));
            points.add(ReferenceCurve.encoding(y, false));
            points.add(ReferenceCurve.encoding(y, true));
        }
        points.add(ReferenceCurve.encoding(BigInteger.TWO, false)); // not on the curve
        points.add(KeyPair.fromSeed(new byte[32]).publicKey().toArray());
        List<SignatureCheck> checks = new ArrayList<>();
        for (var key : points) {
            for (var r : points) {
                for (var s : List.of(BigInteger.ZERO, BigInteger.ONE, ReferenceCurve.L)) {
                    checks.add(check(key, MESSAGE, ReferenceCurve.signature(r, s)));
                }
            }
        }
        checks.add(check(new byte[32], new byte[0], new byte[64]));
        assertAgrees(verifier, checks);
    }

    /** A signature whose R is of small order, good by its equation: S = k·a. */
    @ParameterizedTest
    @MethodSource("verifiers")
    void anROfSmallOrder(BatchVerifier verifier) {
        var a = BigInteger.valueOf(123_456_789);
        var key = ReferenceCurve.BASE.times(a).encode();
        List<SignatureCheck> checks = new ArrayList<>();
        for (var r : ReferenceCurve.encodingsOfSmallOrder()) {
            var k = ReferenceCurve.challenge(r, key, MESSAGE);
            var s = k.multiply(a).mod(ReferenceCurve.L);
            checks.add(check(key, MESSAGE, ReferenceCurve.signature(r, s)));
        }
        var good = assertAgrees(verifier, checks);
        assertEquals(8, good.cardinality()); // each of the eight points in its one encoding
    }

    @ParameterizedTest
    @MethodSource("verifiers")
    void anyFlippedBit(BatchVerifier verifier) {
        var pair = KeyPair.fromSeed(new byte[32]);
        var key = pair.publicKey().toArray();
        var signature = pair.sign(MESSAGE).toArray();
        List<SignatureCheck> checks = new ArrayList<>();
        for (int bit = 0; bit < 8 * Signature.SIZE; bit++) {
            checks.add(check(key, MESSAGE, flipped(signature, bit)));
        }
        for (int bit = 0; bit < 8 * PublicKey.SIZE; bit++) {
            checks.add(check(flipped(key, bit), MESSAGE, signature));
        }
        for (int bit = 0; bit < 8 * MESSAGE.length; bit++) {
            checks.add(check(key, flipped(MESSAGE, bit), signature));
        }
        assertEquals(0, assertAgrees(verifier, checks).cardinality());
    }

    /** Errors that cancel in a sum without coefficients, or with equal ones, or with small ones. */
    @ParameterizedTest
    @MethodSource("verifiers")
    void errorsThatAddUpToNothing(BatchVerifier verifier) {
        var pair = KeyPair.fromSeed(new byte[32]);
        List<SignatureCheck> checks = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            byte[] message = {(byte) i};
            var signature = pair.sign(message).toArray();
            var s = ReferenceCurve.number(Arrays.copyOfRange(signature, 32, 64));
            var error = BigInteger.valueOf(i % 2 == 0 ? 1 : -1);
            checks.add(
                    check(
                            pair.publicKey().toArray(),
                            message,
                            ReferenceCurve.signature(
                                    signature, s.add(error).mod(ReferenceCurve.L))));
        }
        assertEquals(0, assertAgrees(verifier, checks).cardinality());
    }

    private static BitSet assertAgrees(BatchVerifier verifier, List<SignatureCheck> checks) {
        var expected = BatchVerifier.oneByOne().verify(checks);
        assertEquals(expected, verifier.verify(checks), verifier.name());
        // Once more, in the company of good signatures only: the batch as a whole must not pass.
        for (int i = expected.nextClearBit(0);
                i < Math.min(checks.size(), 40);
                i = expected.nextClearBit(i + 1)) {
            List<SignatureCheck> company = new ArrayList<>(GOOD);
            company.set(i % GOOD.size(), checks.get(i));
            var good = verifier.verify(company);
            assertEquals(i % GOOD.size(), good.nextClearBit(0), verifier.name() + ", case " + i);
            assertEquals(GOOD.size() - 1, good.cardinality());
        }
        return expected;
    }

    private static List<SignatureCheck> good(int count) {
        List<SignatureCheck> checks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var pair = KeyPair.fromSeed(new byte[32]);
            byte[] message = {(byte) i, 7};
            checks.add(
                    new SignatureCheck(
                            pair.publicKey(), Bytes.copyOf(message), pair.sign(message)));
        }
        return checks;
    }

    private static SignatureCheck check(byte[] key, byte[] message, byte[] signature) {
        return new SignatureCheck(
                PublicKey.of(key), Bytes.copyOf(message), Signature.of(signature));
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        var flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }
}
