package io.computronium.primitives.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The nesting of a signed transaction's messages, written down independently of the generated code,
 * so that a test can reach into each of them.
 *
 * @param children by field number
 */
record TransactionShapes(Map<Integer, TransactionShapes> children) {

    private static final TransactionShapes LEAF = new TransactionShapes(Map.of());
    private static final TransactionShapes WITH_KEY = new TransactionShapes(Map.of(1, LEAF));
    private static final TransactionShapes SESSION = new TransactionShapes(Map.of(2, LEAF));
    private static final TransactionShapes KEY_SET = new TransactionShapes(Map.of(2, WITH_KEY));
    private static final TransactionShapes MULTI =
            new TransactionShapes(Map.of(1, KEY_SET, 2, LEAF));
    private static final TransactionShapes CREDENTIAL =
            new TransactionShapes(Map.of(1, WITH_KEY, 2, SESSION, 3, MULTI));
    private static final TransactionShapes CALL =
            new TransactionShapes(Map.of(1, LEAF, 2, LEAF, 3, LEAF));
    private static final TransactionShapes SENT = new TransactionShapes(Map.of(2, LEAF, 4, LEAF));
    private static final TransactionShapes NON_FUNGIBLE = new TransactionShapes(Map.of(2, LEAF));
    private static final TransactionShapes RECEIVED =
            new TransactionShapes(Map.of(2, LEAF, 3, LEAF));
    private static final TransactionShapes CONDITION =
            new TransactionShapes(Map.of(1, SENT, 2, NON_FUNGIBLE, 3, RECEIVED));
    private static final TransactionShapes BODY =
            new TransactionShapes(Map.of(11, CALL, 12, CONDITION));
    static final TransactionShapes SIGNED =
            new TransactionShapes(Map.of(1, BODY, 2, CREDENTIAL, 3, CREDENTIAL));

    /**
     * Collects a path to each message: the offsets of the length prefixes that enclose it,
     * outermost first, and last the offset where it ends.
     */
    void collect(byte[] bytes, int from, int to, List<Integer> enclosing, List<List<Integer>> out) {
        var path = new ArrayList<>(enclosing);
        path.add(to);
        out.add(path);
        int at = from;
        while (at < to) {
            int tagEnd = varintEnd(bytes, at);
            long tag = varint(bytes, at);
            int valueEnd = varintEnd(bytes, tagEnd);
            if ((tag & 7) == 2) {
                int length = (int) varint(bytes, tagEnd);
                TransactionShapes child = children.get((int) (tag >>> 3));
                if (child != null) {
                    var inner = new ArrayList<>(enclosing);
                    inner.add(tagEnd);
                    child.collect(bytes, valueEnd, valueEnd + length, inner, out);
                }
                valueEnd += length;
            }
            at = valueEnd;
        }
    }

    /** Inserts at the end of the message that {@code path} leads to, mending lengths on the way. */
    static byte[] insert(byte[] bytes, List<Integer> path, byte[] extra) {
        int end = path.getLast();
        byte[] result =
                CanonicalCodecTest.concat(
                        Arrays.copyOf(bytes, end),
                        extra,
                        Arrays.copyOfRange(bytes, end, bytes.length));
        int grown = extra.length;
        for (int i = path.size() - 2; i >= 0; i--) {
            int prefix = path.get(i);
            int prefixEnd = varintEnd(result, prefix);
            byte[] length = encode(varint(result, prefix) + grown);
            grown += length.length - (prefixEnd - prefix);
            result =
                    CanonicalCodecTest.concat(
                            Arrays.copyOf(result, prefix),
                            length,
                            Arrays.copyOfRange(result, prefixEnd, result.length));
        }
        return result;
    }

    private static long varint(byte[] bytes, int at) {
        long value = 0;
        for (int i = at, shift = 0; ; i++, shift += 7) {
            value |= (long) (bytes[i] & 0x7f) << shift;
            if (bytes[i] >= 0) {
                return value;
            }
        }
    }

    private static int varintEnd(byte[] bytes, int at) {
        int end = at;
        while (bytes[end] < 0) {
            end++;
        }
        return end + 1;
    }

    private static byte[] encode(long value) {
        byte[] bytes = new byte[10];
        int at = 0;
        long rest = value;
        while (rest > 0x7f) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return Arrays.copyOf(bytes, at);
    }
}
