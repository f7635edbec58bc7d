package io.computronium.storage.wal;

/**
 * @param segmentBytes size of a file, allocated before its first use so that a full disk is met
 *     between heights and not in the middle of one
 * @param heightsPerSegment how many heights share a file
 */
public record WalOptions(int segmentBytes, int heightsPerSegment) {

    public static final WalOptions DEFAULT = new WalOptions(64 << 20, 10);

    public WalOptions {
        if (segmentBytes < 2 * WalRecord.MAX_PAYLOAD) {
            throw new IllegalArgumentException("segmentBytes: 2 MiB or more expected");
        }
        if (heightsPerSegment < 1) {
            throw new IllegalArgumentException("heightsPerSegment: 1 or more expected");
        }
    }
}
