package io.computronium.primitives.crypto;

import io.computronium.primitives.Signature;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Edwards25519 straight from RFC 8032, section 5.1, in slow and obvious arithmetic: a second
 * opinion that shares no code with the library under test.
 */
public final class ReferenceCurve {

    public static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** The prime order of the base point. */
    public static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger D =
            BigInteger.valueOf(-121665).multiply(inverse(BigInteger.valueOf(121666))).mod(P);
    private static final BigInteger ROOT_OF_MINUS_1 =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    public static final Point NEUTRAL =
            new Point(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);
    public static final Point BASE =
            point(BigInteger.valueOf(4).multiply(inverse(BigInteger.valueOf(5))).mod(P), false)
                    .orElseThrow();

    /** The eight points of the cofactor. */
    public static final List<Point> TORSION = torsion();

    private ReferenceCurve() {}

    /** Extended homogeneous coordinates: x = X/Z, y = Y/Z, xy = T/Z. */
    public record Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {

        public Point plus(Point q) {
            var a = y.subtract(x).multiply(q.y.subtract(q.x)).mod(P);
            var b = y.add(x).multiply(q.y.add(q.x)).mod(P);
            var c = t.shiftLeft(1).multiply(D).mod(P).multiply(q.t).mod(P);
            var d = z.shiftLeft(1).multiply(q.z).mod(P);
            var e = b.subtract(a);
            var f = d.subtract(c);
            var g = d.add(c);
            var h = b.add(a);
            return new Point(
                    e.multiply(f).mod(P),
                    g.multiply(h).mod(P),
                    f.multiply(g).mod(P),
                    e.multiply(h).mod(P));
        }

        public Point times(BigInteger scalar) {
            var sum = NEUTRAL;
            for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                if (scalar.testBit(bit)) {
                    sum = sum.plus(this);
                }
            }
            return sum;
        }

        public boolean sameAs(Point q) {
            return x.multiply(q.z).subtract(q.x.multiply(z)).mod(P).signum() == 0
                    && y.multiply(q.z).subtract(q.y.multiply(z)).mod(P).signum() == 0;
        }

        public boolean isOfSmallOrder() {
            return times(BigInteger.valueOf(8)).sameAs(NEUTRAL);
        }

        public byte[] encode() {
            var affineX = x.multiply(inverse(z)).mod(P);
            var bytes = littleEndian(y.multiply(inverse(z)).mod(P));
            if (affineX.testBit(0)) {
                bytes[31] |= (byte) 0x80;
            }
            return bytes;
        }
    }

    /** Decodes leniently: y of p and more is reduced, and a zero x may have a sign. */
    public static Optional<Point> decode(byte[] encoded) {
        return point(y(encoded).mod(P), (encoded[31] & 0x80) != 0);
    }

    /** Whether decoding and encoding gives the same bytes. */
    public static boolean isCanonical(byte[] encoded) {
        return decode(encoded).map(p -> Arrays.equals(p.encode(), encoded)).orElse(false);
    }

    /** The rule of the chain: 8SB = 8R + 8kA, canonical points, A not of small order, S below L. */
    public static boolean verify(byte[] key, byte[] message, byte[] signature) {
        var r = Arrays.copyOf(signature, 32);
        var s = number(Arrays.copyOfRange(signature, 32, 64));
        if (!isCanonical(key) || !isCanonical(r) || s.compareTo(L) >= 0) {
            return false;
        }
        var a = decode(key).orElseThrow();
        var k = challenge(r, key, message);
        var difference = negate(BASE.times(s)).plus(decode(r).orElseThrow()).plus(a.times(k));
        return !a.isOfSmallOrder() && difference.isOfSmallOrder();
    }

    /** SHA-512(R ‖ A ‖ M) mod L. */
    public static BigInteger challenge(byte[] r, byte[] key, byte[] message) {
        try {
            var digest = MessageDigest.getInstance("SHA-512");
            digest.update(r);
            digest.update(key);
            return number(digest.digest(message)).mod(L);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static BigInteger y(byte[] encoded) {
        return number(encoded).clearBit(255);
    }

    public static BigInteger number(byte[] littleEndian) {
        var bytes = new byte[littleEndian.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = littleEndian[bytes.length - 1 - i];
        }
        return new BigInteger(1, bytes);
    }

    public static byte[] littleEndian(BigInteger number) {
        var bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    /** The eight points of the cofactor: multiples of a random point times the prime order. */
    private static List<Point> torsion() {
        var eighth = NEUTRAL;
        for (int y = 2; eighth.times(BigInteger.valueOf(4)).sameAs(NEUTRAL); y++) {
            eighth =
                    decode(encoding(BigInteger.valueOf(y), false))
                            .map(point -> point.times(L))
                            .orElse(NEUTRAL);
        }
        var points = new ArrayList<Point>();
        for (int i = 0; i < 8; i++) {
            points.add(eighth.times(BigInteger.valueOf(i)));
        }
        return points;
    }

    /** Every 32 bytes that a lenient decoder takes for one of the eight points. */
    public static List<byte[]> encodingsOfSmallOrder() {
        var encodings = new TreeSet<byte[]>(Arrays::compareUnsigned);
        for (var point : TORSION) {
            var y = y(point.encode());
            for (var same : List.of(y, y.add(P))) {
                for (boolean sign : new boolean[] {false, true}) {
                    // Both signs of x give a point of the eight, and a zero x ignores the sign.
                    if (same.bitLength() <= 255) {
                        encodings.add(encoding(same, sign));
                    }
                }
            }
        }
        return List.copyOf(encodings);
    }

    /** Of y, and of the sign of x in the topmost bit. */
    public static byte[] encoding(BigInteger y, boolean sign) {
        return littleEndian(sign ? y.setBit(255) : y);
    }

    /** R and S as bytes. */
    public static byte[] signature(byte[] point, BigInteger s) {
        var signature = Arrays.copyOf(point, Signature.SIZE);
        System.arraycopy(littleEndian(s), 0, signature, 32, 32);
        return signature;
    }

    private static Point negate(Point p) {
        return new Point(p.x.negate().mod(P), p.y, p.z, p.t.negate().mod(P));
    }

    private static Optional<Point> point(BigInteger y, boolean oddX) {
        var yy = y.multiply(y);
        var xx = yy.subtract(BigInteger.ONE).multiply(inverse(D.multiply(yy).add(BigInteger.ONE)));
        var x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (x.multiply(x).subtract(xx).mod(P).signum() != 0) {
            x = x.multiply(ROOT_OF_MINUS_1).mod(P);
        }
        if (x.multiply(x).subtract(xx).mod(P).signum() != 0) {
            return Optional.empty();
        }
        if (x.testBit(0) != oddX) {
            x = x.negate().mod(P);
        }
        return Optional.of(new Point(x, y, BigInteger.ONE, x.multiply(y).mod(P)));
    }

    private static BigInteger inverse(BigInteger number) {
        return number.modInverse(P);
    }
}
