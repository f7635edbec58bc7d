package io.computronium.primitives.crypto.batch;

import io.computronium.primitives.PublicKey;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.crypto.SignatureCheck;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;

/** Room to verify up to {@link #MAX} signatures together. One thread at a time. */
final class Batch {

    /** What the tables of so many signatures need still fits a core's second-level cache. */
    static final int MAX = 256;

    /** Below this, finding out which signature is bad by halves costs more than asking each. */
    private static final int SMALLEST_HALF = 8;

    private static final int ENCODED_POINT = 32;
    private static final int SIGNATURE = 64;
    private static final int HASH = 64;

    /** -B: the base point has y = 4/5 and an even x, its negative an odd one. */
    private static final byte[] NEGATED_BASE =
            HexFormat.of().parseHex("58" + "66".repeat(30) + "e6");

    private final KeyTables knownKeys;
    private final int lanes;
    private final PointDecoder decoder;
    private final MultiScalar multiScalar;
    private final LaneCheck laneCheck;
    private final Coefficients coefficients;
    private final MessageDigest sha512 = Digests.open("SHA-512");
    private final long[] negatedBase;
    private final Curve curve;
    private final long[] rest;
    private final long[] half;
    private final long[] other;
    private final long[] point;

    // The signatures in hand: where they stand in the list, and what is known of each.
    private int size;
    private final int[] position = new int[MAX];
    private final byte[][] signature = new byte[MAX][SIGNATURE];
    private final PublicKey[] key = new PublicKey[MAX];
    private final long[][] keyTable = new long[MAX][];
    private final long[][] pointTable = new long[MAX][Curve.TABLE_WORDS];
    private final byte[][] hash = new byte[MAX][HASH];

    // The points to be decoded, and whose they are.
    private int encodings;
    private final byte[][] encoding = new byte[2 * MAX][];
    private final long[][] table = new long[2 * MAX][];
    private final int[] owner = new int[2 * MAX];

    private final byte[] drawn = new byte[MAX * Coefficients.SIZE + Coefficients.SIZE];
    private final int[] pointDigits = new int[MAX * Scalars.COEFFICIENT_WORDS];
    private final int[] keyDigits = new int[MAX * Scalars.DIGIT_WORDS];
    private final int[] digits;
    private final int[] otherDigits;
    private final long[] limbs = new long[Scalars.HASH_LIMBS];
    private final long[] coefficient = new long[Scalars.COEFFICIENT_LIMBS];
    private final long[] product = new long[Scalars.PRODUCT_LIMBS];

    Batch(Field field, KeyTables knownKeys, byte[] secret) {
        this.curve = new Curve(field);
        this.rest = new long[curve.pointWords];
        this.half = new long[curve.pointWords];
        this.other = new long[curve.pointWords];
        this.point = new long[curve.pointWords];
        this.knownKeys = knownKeys;
        this.lanes = field.lanes;
        this.decoder = new PointDecoder(curve);
        this.multiScalar = new MultiScalar(curve);
        this.coefficients = new Coefficients(secret);
        this.negatedBase = new long[Curve.TABLE_WORDS];
        decoder.decode(new byte[][] {NEGATED_BASE.clone()}, new long[][] {negatedBase}, 0, 1);
        this.laneCheck = new LaneCheck(curve, negatedBase);
        this.digits = new int[lanes * Scalars.DIGIT_WORDS];
        this.otherDigits = new int[lanes * Scalars.DIGIT_WORDS];
    }

    /** Sets the bits of {@code good} for those from {@code from} to before {@code to}. */
    void verify(List<SignatureCheck> checks, int from, int to, BitSet good) {
        collect(checks, from, to);
        decode();
        if (size <= lanes) {
            checkEach(0, size, good);
        } else {
            drawCoefficients();
            judge(good);
        }
        for (int i = 0; i < size; i++) {
            if (good.get(position[i])) {
                knownKeys.put(key[i], keyTable[i]);
            }
        }
    }

    /** Takes in hand what could be good by its bytes. */
    private void collect(List<SignatureCheck> checks, int from, int to) {
        size = 0;
        encodings = 0;
        for (int i = from; i < to; i++) {
            var check = checks.get(i);
            byte[] bytes = signature[size];
            check.signature().copyTo(bytes, 0);
            if (!PointDecoder.isCanonical(bytes, 0) || !Scalars.isReduced(bytes, ENCODED_POINT)) {
                continue;
            }
            long[] known = knownKeys.get(check.key());
            if (known == null) {
                if (!Ed25519.isValidAccountKey(check.key())) {
                    continue;
                }
                known = new long[Curve.TABLE_WORDS];
                willDecode(check.key().toArray(), known);
            }
            willDecode(bytes, pointTable[size]);
            position[size] = i;
            key[size] = check.key();
            keyTable[size] = known;
            hash(check, bytes, hash[size]);
            size++;
        }
    }

    private void willDecode(byte[] bytes, long[] into) {
        encoding[encodings] = bytes;
        table[encodings] = into;
        owner[encodings] = size;
        encodings++;
    }

    /** SHA-512(R ‖ A ‖ M), RFC 8032, 5.1.7. */
    private void hash(SignatureCheck check, byte[] bytes, byte[] into) {
        sha512.update(bytes, 0, ENCODED_POINT);
        check.key().digestInto(sha512);
        check.message().digestInto(sha512);
        try {
            sha512.digest(into, 0, HASH);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-512 that is not 64 bytes", e);
        }
    }

    /** Decodes the points, and drops signatures of which one is none. */
    private void decode() {
        var dropped = new BitSet(size);
        for (int i = 0; i < encodings; i += lanes) {
            int count = Math.min(lanes, encodings - i);
            int points = decoder.decode(encoding, table, i, count);
            for (int lane = 0; lane < count; lane++) {
                if ((points >>> lane & 1) == 0) {
                    dropped.set(owner[i + lane]);
                }
            }
        }
        int kept = dropped.nextSetBit(0);
        if (kept < 0) {
            return;
        }
        for (int i = kept + 1; i < size; i++) {
            if (!dropped.get(i)) {
                swap(kept++, i);
            }
        }
        size = kept;
    }

    private void swap(int to, int from) {
        position[to] = position[from];
        key[to] = key[from];
        keyTable[to] = keyTable[from];
        swap(signature, to, from);
        swap(hash, to, from);
        long[] overwritten = pointTable[to];
        pointTable[to] = pointTable[from];
        pointTable[from] = overwritten;
    }

    private static void swap(byte[][] arrays, int i, int j) {
        byte[] array = arrays[i];
        arrays[i] = arrays[j];
        arrays[j] = array;
    }

    /** Draws z of each signature, and computes z·k. */
    private void drawCoefficients() {
        coefficients.start();
        for (int i = 0; i < size; i++) {
            coefficients.absorb(hash[i], 0, HASH); // of R, A and the message
            coefficients.absorb(signature[i], ENCODED_POINT, SIGNATURE - ENCODED_POINT);
        }
        coefficients.draw(drawn, size);
        for (int i = 0; i < size; i++) {
            loadCoefficient(i);
            Scalars.load(limbs, hash[i], 0, HASH / Long.BYTES);
            Arrays.fill(product, 0);
            Scalars.addProduct(
                    product, limbs, Scalars.HASH_LIMBS, coefficient, Scalars.COEFFICIENT_LIMBS);
            Scalars.reduce(product, Scalars.PRODUCT_LIMBS);
            Scalars.digits(keyDigits, i * Scalars.DIGIT_WORDS, product);
        }
    }

    private void loadCoefficient(int i) {
        Scalars.coefficient(
                pointDigits,
                i * Scalars.COEFFICIENT_WORDS,
                coefficient,
                drawn,
                i * Coefficients.SIZE);
    }

    /** The sum of z·(R + k·A - S·B) over a range, in lane 0. */
    private void sum(long[] total, int from, int to) {
        multiScalar.clear();
        Arrays.fill(product, 0);
        for (int i = from; i < to; i++) {
            loadCoefficient(i);
            Scalars.load(limbs, signature[i], ENCODED_POINT, ENCODED_POINT / Long.BYTES);
            Scalars.addProduct(
                    product, limbs, Scalars.LIMBS, coefficient, Scalars.COEFFICIENT_LIMBS);
            multiScalar.add(
                    pointTable[i],
                    pointDigits,
                    i * Scalars.COEFFICIENT_WORDS,
                    Scalars.COEFFICIENT_WORDS);
            multiScalar.add(keyTable[i], keyDigits, i * Scalars.DIGIT_WORDS, Scalars.DIGIT_WORDS);
        }
        Scalars.reduce(product, Scalars.PRODUCT_LIMBS);
        Scalars.digits(digits, 0, product);
        multiScalar.add(negatedBase, digits, 0, Scalars.DIGIT_WORDS);
        multiScalar.sum(total);
    }

    private boolean isSmallOrder(long[] total) {
        System.arraycopy(total, 0, point, 0, point.length);
        return curve.isSmallOrder(point, 1) != 0;
    }

    /**
     * Finds the bad ones. Of a range that does not hold, one half is summed, and the sum of the
     * other is the difference: so each halving costs a half. While one of both holds, the other
     * must be bad and is halved on; where neither does, bad ones are many, and each is checked.
     */
    private void judge(BitSet good) {
        int start = 0;
        int end = size;
        sum(rest, start, end);
        while (!isSmallOrder(rest)) {
            if (end - start < 2 * SMALLEST_HALF) {
                checkEach(start, end, good);
                return;
            }
            int middle = (start + end) >>> 1;
            sum(half, start, middle);
            if (isSmallOrder(half)) {
                accept(start, middle, good);
                start = middle; // the rest lacks nothing but what is of small order
            } else {
                System.arraycopy(half, 0, other, 0, other.length);
                curve.subtract(rest, other);
                if (!isSmallOrder(rest)) {
                    checkEach(start, end, good);
                    return;
                }
                accept(middle, end, good);
                end = middle;
                System.arraycopy(half, 0, rest, 0, rest.length);
            }
        }
        accept(start, end, good);
    }

    private void accept(int from, int to, BitSet good) {
        for (int i = from; i < to; i++) {
            good.set(position[i]);
        }
    }

    private void checkEach(int from, int to, BitSet good) {
        for (int i = from; i < to; i += lanes) {
            int count = Math.min(lanes, to - i);
            for (int lane = 0; lane < count; lane++) {
                Arrays.fill(product, 0);
                Scalars.load(product, hash[i + lane], 0, HASH / Long.BYTES);
                Scalars.reduce(product, Scalars.PRODUCT_LIMBS);
                Scalars.digits(digits, lane * Scalars.DIGIT_WORDS, product);
                Scalars.digits(
                        otherDigits,
                        lane * Scalars.DIGIT_WORDS,
                        signature[i + lane],
                        ENCODED_POINT);
            }
            int verdicts = laneCheck.check(keyTable, pointTable, i, count, digits, otherDigits);
            for (int lane = 0; lane < count; lane++) {
                good.set(position[i + lane], (verdicts >>> lane & 1) != 0);
            }
        }
    }
}
