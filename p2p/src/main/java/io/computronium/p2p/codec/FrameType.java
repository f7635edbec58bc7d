package io.computronium.p2p.codec;

import org.jspecify.annotations.Nullable;

/** The types of frames. Codes are never reused. */
public enum FrameType {
    HELLO(0x01, 512),
    /** Says nothing; keeps a silent connection alive. */
    PING(0x02, 0),

    PROPOSAL(0x10, 256),
    VOTE(0x11, 256),
    NEW_STEP(0x12, 64),
    HAS_VOTE(0x13, 64),
    MAJ23(0x14, 64),
    VOTE_BITS(0x15, 8_320),
    COMMIT_REQUEST(0x16, 16),
    COMMIT_RESPONSE(0x17, FrameType.MAX_COMMIT_BYTES),
    EVIDENCE(0x18, 1 << 10),

    COMPACT_BLOCK(0x20, FrameType.MAX_BYTES),
    COMPACT_BLOCK_HASHES(0x21, 640 << 10),
    BODIES_REQUEST(0x22, 9 << 10),
    BODIES_RESPONSE(0x23, 288 << 10),
    COMPACT_BLOCK_REQUEST(0x24, 64),

    STATUS_REQUEST(0x30, 0),
    STATUS(0x31, 32),
    BLOCK_REQUEST(0x32, 32),
    BLOCK_HEAD(0x33, FrameType.MAX_BYTES),
    BLOCK_PART(0x34, 272 << 10),
    BLOCK_UNAVAILABLE(0x35, 16),

    TRANSACTION_BATCH(0x40, 272 << 10);

    /** No frame has more, whatever its type. */
    public static final int MAX_BYTES = 1 << 20;

    /** Enough for some 6,000 validators. */
    static final int MAX_COMMIT_BYTES = 384 << 10;

    private static final @Nullable FrameType[] BY_CODE = byCode();

    private final int code;
    private final int maxBytes;

    FrameType(int code, int maxBytes) {
        this.code = code;
        this.maxBytes = maxBytes;
    }

    /** The byte that announces this type. */
    public int code() {
        return code;
    }

    /** The most bytes of a payload. */
    public int maxBytes() {
        return maxBytes;
    }

    /**
     * The type of this code, or null if there is none.
     *
     * @param code 0..255
     */
    public static @Nullable FrameType ofCode(int code) {
        return BY_CODE[code];
    }

    private static @Nullable FrameType[] byCode() {
        @Nullable FrameType[] types = new FrameType[1 << Byte.SIZE];
        for (FrameType type : values()) {
            types[type.code] = type;
        }
        return types;
    }
}
