package io.computronium.primitives.crypto.batch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns encodings into tables of multiples (RFC 8032, 5.1.3), a point in each lane.
 *
 * <p>Of y follows {@code x² = u/v} with u = y² - 1 and v = dy² + 1. The candidate is {@code x =
 * uv³·(uv⁷)^((p-5)/8)}; v·x² is u, or -u and then x times the root of -1 is meant, or there is no
 * such point.
 */
final class PointDecoder {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int SIGN_BYTE = 31;

    private final Curve curve;
    private final Field field;
    private final int element;
    private final long[] one;
    private final long[] d;
    private final long[] rootOfMinus1;
    private final long[] point;
    private final long[] u;
    private final long[] v;
    private final long[] x;
    private final long[] t;
    private final long[] s;
    private final long[] s1;
    private final long[] s10;
    private final long[] s50;

    PointDecoder(Curve curve) {
        this.curve = curve;
        this.field = curve.field;
        this.element = field.words;
        this.one = Element.ONE.broadcast(field);
        this.d = Element.D.broadcast(field);
        this.rootOfMinus1 = Element.ROOT_OF_MINUS_1.broadcast(field);
        this.point = new long[curve.pointWords];
        this.u = new long[element];
        this.v = new long[element];
        this.x = new long[element];
        this.t = new long[element];
        this.s = new long[element];
        this.s1 = new long[element];
        this.s10 = new long[element];
        this.s50 = new long[element];
    }

    /** Whether the y of the 32 bytes at {@code at} is below p, whatever its sign bit. */
    static boolean isCanonical(byte[] bytes, int at) {
        return ((long) LONGS.get(bytes, at + 24) | Long.MIN_VALUE) != -1
                || (long) LONGS.get(bytes, at + 16) != -1
                || (long) LONGS.get(bytes, at + 8) != -1
                || Long.compareUnsigned((long) LONGS.get(bytes, at), -19) < 0;
    }

    /**
     * Decodes {@code count} points, at most as many as there are lanes, and tabulates them.
     *
     * @param encodings from {@code from} on, each with a point in its first 32 bytes, canonical
     * @param tables to be filled, likewise
     * @return bit i: {@code encodings[from + i]} is a point; the tables of others are meaningless
     */
    int decode(byte[][] encodings, long[][] tables, int from, int count) {
        for (int lane = 0; lane < field.lanes; lane++) {
            loadY(encodings[from + Math.min(lane, count - 1)], lane);
        }
        field.carry(point, element);
        field.square(u, 0, point, element, 1);
        field.multiply(v, 0, u, 0, d, 0);
        field.sumAndDifference(t, u, u, 0, one, 0);
        field.add(v, 0, v, 0, one, 0);
        field.square(t, 0, v, 0, 1);
        field.multiply(t, 0, t, 0, v, 0);
        field.multiply(s, 0, t, 0, u, 0); // uv³
        field.square(t, 0, t, 0, 1);
        field.multiply(t, 0, t, 0, v, 0);
        field.multiply(x, 0, t, 0, u, 0); // uv⁷
        raise(x);
        field.multiply(x, 0, x, 0, s, 0);
        int points = 0;
        field.square(s, 0, x, 0, 1);
        field.multiply(s, 0, s, 0, v, 0);
        field.sumAndDifference(s, t, s, 0, u, 0);
        field.multiply(v, 0, x, 0, rootOfMinus1, 0);
        for (int lane = 0; lane < count; lane++) {
            if (chooseRoot(lane) && chooseSign(lane, encodings[from + lane][SIGN_BYTE] < 0)) {
                points |= 1 << lane;
            }
        }
        System.arraycopy(x, 0, point, 0, element);
        curve.complete(point);
        curve.tabulate(point, tables, from, count);
        return points;
    }

    private void loadY(byte[] encoding, int lane) {
        long w0 = (long) LONGS.get(encoding, 0);
        long w1 = (long) LONGS.get(encoding, 8);
        long w2 = (long) LONGS.get(encoding, 16);
        long w3 = (long) LONGS.get(encoding, 24);
        putY(lane, 0, w0);
        putY(lane, 1, w0 >>> 51 | w1 << 13);
        putY(lane, 2, w1 >>> 38 | w2 << 26);
        putY(lane, 3, w2 >>> 25 | w3 << 39);
        putY(lane, 4, w3 >>> 12);
    }

    private void putY(int lane, int limb, long bits) {
        point[element + limb * field.lanes + lane] = field.word(bits & Field.LIMB_MASK);
    }

    /** Takes the other candidate if this one's v·x² is not u; false if it is not -u either. */
    private boolean chooseRoot(int lane) {
        if (Element.of(field, t, 0, lane).equals(Element.ZERO)) {
            return true;
        }
        for (int i = lane; i < element; i += field.lanes) {
            x[i] = v[i];
        }
        return Element.of(field, s, 0, lane).equals(Element.ZERO);
    }

    /** Makes x odd or even; false for x = 0 with a sign, which is no encoding. */
    private boolean chooseSign(int lane, boolean odd) {
        var root = Element.of(field, x, 0, lane);
        if (root.isOdd() != odd) {
            for (int i = lane; i < element; i += field.lanes) {
                x[i] = field.negate(x[i]);
            }
        }
        return !odd || !root.equals(Element.ZERO);
    }

    /**
     * {@code z = z^((p-5)/8)}, that is z^(2^252 - 3). Writing e(n) for z^(2^n - 1), which has n
     * bits set, e(m + n) is e(m)^(2^n)·e(n).
     */
    private void raise(long[] z) {
        chain(s1, z, 1, z); // e(2)
        chain(t, s1, 2, s1); // e(4)
        chain(s1, t, 1, z); // e(5)
        chain(s10, s1, 5, s1); // e(10)
        chain(s1, s10, 10, s10); // e(20)
        chain(t, s1, 20, s1); // e(40)
        chain(s50, t, 10, s10); // e(50)
        chain(s1, s50, 50, s50); // e(100)
        chain(t, s1, 100, s1); // e(200)
        chain(s1, t, 50, s50); // e(250)
        chain(t, s1, 2, z);
        System.arraycopy(t, 0, z, 0, element);
    }

    /** {@code r = a^(2^n)·b}; r is neither. */
    private void chain(long[] r, long[] a, int n, long[] b) {
        field.square(r, 0, a, 0, n);
        field.multiply(r, 0, r, 0, b, 0);
    }
}
