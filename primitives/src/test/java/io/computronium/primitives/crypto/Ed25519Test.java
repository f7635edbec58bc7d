package io.computronium.primitives.crypto;

import static io.computronium.primitives.Vectors.hex;
import static io.computronium.primitives.Vectors.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.Vectors;
import io.computronium.primitives.crypto.ReferenceCurve.Point;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What this test pins is consensus: a library that fails it cannot be upgraded to in place. */
class Ed25519Test {

    private static final byte[] MESSAGE = {1, 2, 3};
    private static final List<Point> TORSION = ReferenceCurve.TORSION;

    @Test
    void acceptsExactlyTheCraftedSignaturesThatTheChainAccepts() {
        var cases = Vectors.read("ed25519/speccheck-cases.json");
        var accepted = new TreeSet<Integer>();
        for (int i = 0; i < cases.size(); i++) {
            var vector = cases.get(i);
            if (verify(hex(vector, "pub_key"), hex(vector, "message"), hex(vector, "signature"))) {
                accepted.add(i);
            }
        }
        assertEquals(12, cases.size());
        assertEquals(new TreeSet<>(List.of(2, 3, 4, 5)), accepted);
    }

    @Test
    void agreesWithWycheproof() {
        int checked = 0;
        for (var group : Vectors.read("ed25519/wycheproof-ed25519.json").get("testGroups")) {
            var key = hex(group.get("publicKey"), "pk");
            for (var vector : group.get("tests")) {
                var signature = hex(vector, "sig");
                // Other lengths cannot be made into a Signature at all.
                boolean valid =
                        signature.length == Signature.SIZE
                                && verify(key, hex(vector, "msg"), signature);
                assertEquals(
                        text(vector, "result").equals("valid"),
                        valid,
                        "case " + vector.get("tcId") + " " + vector.get("comment"));
                checked++;
            }
        }
        assertEquals(151, checked);
    }

    /** All 64 ways to put points of small order into the key and into R of an honest signature. */
    @Test
    void isTheCofactoredRuleWhateverHidesInTheCofactor() {
        var random = new Random(8032);
        var a = scalar(random);
        var r = scalar(random);
        for (var inKey : TORSION) {
            for (var inR : TORSION) {
                var key = ReferenceCurve.BASE.times(a).plus(inKey).encode();
                var point = ReferenceCurve.BASE.times(r).plus(inR).encode();
                var s =
                        ReferenceCurve.challenge(point, key, MESSAGE)
                                .multiply(a)
                                .add(r)
                                .mod(ReferenceCurve.L);
                var name = "torsion " + TORSION.indexOf(inKey) + " and " + TORSION.indexOf(inR);
                assertTrue(verifyAsReference(name, key, ReferenceCurve.signature(point, s)), name);
                assertFalse(
                        verifyAsReference(
                                name,
                                key,
                                ReferenceCurve.signature(point, s.add(ReferenceCurve.L))),
                        name + ", S not reduced");
                assertFalse(
                        verifyAsReference(
                                name, key, ReferenceCurve.signature(point, s.add(BigInteger.ONE))),
                        name + ", S off by one");
            }
        }
    }

    /** Keys and R of small order in every encoding, with S zero: the forgeries of lax verifiers. */
    @Test
    void refusesWhatNobodySigned() {
        for (var key : ReferenceCurve.encodingsOfSmallOrder()) {
            for (var point : ReferenceCurve.encodingsOfSmallOrder()) {
                var name = hexOf(key) + " " + hexOf(point);
                assertFalse(
                        verifyAsReference(
                                name, key, ReferenceCurve.signature(point, BigInteger.ZERO)),
                        name);
            }
        }
    }

    @Test
    void anyFlippedBitInvalidates() {
        var pair = KeyPair.fromSeed(new byte[32]);
        var key = pair.publicKey().toArray();
        var signature = pair.sign(MESSAGE).toArray();
        assertTrue(verify(key, MESSAGE, signature));
        for (int bit = 0; bit < 8 * Signature.SIZE; bit++) {
            assertFalse(verify(key, MESSAGE, flipped(signature, bit)), "signature bit " + bit);
        }
        for (int bit = 0; bit < 8 * PublicKey.SIZE; bit++) {
            assertFalse(verify(flipped(key, bit), MESSAGE, signature), "key bit " + bit);
        }
        for (int bit = 0; bit < 8 * MESSAGE.length; bit++) {
            assertFalse(verify(key, flipped(MESSAGE, bit), signature), "message bit " + bit);
        }
    }

    @Test
    void noEncodingOfSmallOrderIsAnAccountsOrNodesKey() {
        var encodings = ReferenceCurve.encodingsOfSmallOrder();
        assertEquals(14, encodings.size());
        for (var encoding : encodings) {
            var key = PublicKey.of(encoding);
            assertFalse(Ed25519.isValidAccountKey(key), key.toHex());
            assertFalse(Ed25519.isValidNodeKey(key), key.toHex());
            assertTrue(Ed25519.VerifyingKey.of(key).isEmpty(), key.toHex());
        }
    }

    @Test
    void noEncodingOfYAbovePIsAnAccountsOrNodesKey() {
        for (int above = 0; above < 19; above++) {
            for (boolean sign : new boolean[] {false, true}) {
                var y = ReferenceCurve.P.add(BigInteger.valueOf(above));
                var key = PublicKey.of(ReferenceCurve.encoding(y, sign));
                assertFalse(Ed25519.isValidAccountKey(key), key.toHex());
                assertFalse(Ed25519.isValidNodeKey(key), key.toHex());
            }
        }
        var below = ReferenceCurve.encoding(ReferenceCurve.P.subtract(BigInteger.TWO), true);
        assertTrue(Ed25519.isValidAccountKey(PublicKey.of(below)));
    }

    /** A key can verify something exactly if it may be an account's and is on the curve. */
    @Test
    void theCheapRuleOnKeysMissesOnlyKeysOffTheCurve() {
        long seed = 20_261_121;
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var bytes = new byte[PublicKey.SIZE];
            random.nextBytes(bytes);
            var key = PublicKey.of(bytes);
            assertTrue(Ed25519.isValidAccountKey(key));
            assertEquals(
                    ReferenceCurve.decode(bytes).isPresent(),
                    Ed25519.VerifyingKey.of(key).isPresent(),
                    "seed " + seed + " key " + key);
        }
    }

    @Test
    void aKeyWithAHiddenPartOfSmallOrderMayBeAnAccountsButNotANodes() {
        var honest = ReferenceCurve.BASE.times(BigInteger.valueOf(77));
        for (var hidden : TORSION) {
            var key = PublicKey.of(honest.plus(hidden).encode());
            assertTrue(Ed25519.isValidAccountKey(key));
            assertEquals(hidden.sameAs(ReferenceCurve.NEUTRAL), Ed25519.isValidNodeKey(key));
        }
    }

    /** The library's verdict, both ways of asking, after comparing it with the reference. */
    private static boolean verifyAsReference(String name, byte[] key, byte[] signature) {
        boolean verdict = verify(key, MESSAGE, signature);
        assertEquals(ReferenceCurve.verify(key, MESSAGE, signature), verdict, name);
        return verdict;
    }

    private static boolean verify(byte[] key, byte[] message, byte[] signature) {
        var publicKey = PublicKey.of(key);
        boolean verdict = Ed25519.verify(publicKey, message, Signature.of(signature));
        boolean decodedOnce =
                Ed25519.VerifyingKey.of(publicKey)
                        .map(decoded -> decoded.verify(message, Signature.of(signature)))
                        .orElse(false);
        assertEquals(verdict, decodedOnce, "a decoded key must not change the verdict");
        return verdict;
    }

    private static BigInteger scalar(Random random) {
        return new BigInteger(300, random).mod(ReferenceCurve.L);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        var flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private static String hexOf(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
