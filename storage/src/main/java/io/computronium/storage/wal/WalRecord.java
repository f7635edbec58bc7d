package io.computronium.storage.wal;

import io.computronium.primitives.Bytes;

/**
 * One thing that consensus was told.
 *
 * @param height at which consensus was
 * @param kind what the payload is, 1 to {@value #MAX_KIND}; the log does not look into it
 * @param payload at most {@link #MAX_PAYLOAD} bytes
 */
public record WalRecord(long height, int kind, Bytes payload) {

    public static final int MAX_PAYLOAD = 1 << 20;
    public static final int MAX_KIND = 127;

    public WalRecord {
        if (height < 1 || kind < 1 || kind > MAX_KIND || payload.size() > MAX_PAYLOAD) {
            throw new IllegalArgumentException("WAL record out of bounds");
        }
    }
}
