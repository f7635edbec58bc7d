package io.computronium.storage.signer;

import io.computronium.primitives.Hash;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One place of the file: {@code counter u64 ‖ height u64 ‖ round u32 ‖ step u8 ‖ block 32 ‖ hash of
 * sign bytes 32 ‖ locked round i32 ‖ locked block 32 ‖ crc32c u32}. A vote for nil has a block of
 * zeros; without a lock the locked round is -1 and the locked block is zeros; step 0 says that
 * nothing was signed, and the height is the first one to sign.
 *
 * @param counter of permissions, from 1; the slot with the higher one holds
 * @param firstHeight nothing below it is signed
 * @param state null while nothing was signed
 */
record Slot(long counter, long firstHeight, @Nullable SignerState state) {

    static final int SIZE = 125;

    private static final int NOTHING_SIGNED = 0;

    static Slot of(long counter, SignerState state) {
        return new Slot(counter, state.height(), state);
    }

    byte[] toBytes() {
        var buffer = ByteBuffer.allocate(SIZE).putLong(counter).putLong(firstHeight);
        if (state != null) {
            buffer.putInt(state.round()).put((byte) code(state.step()));
            put(buffer, state.blockId());
            put(buffer, state.signBytesHash());
            put(buffer.putInt(state.lockedRound()), state.lockedBlockId());
        }
        return buffer.putInt(SIZE - Integer.BYTES, checksum(buffer.array())).array();
    }

    /** The slot with these bytes, if they are good ones. */
    static Optional<Slot> read(byte[] bytes) {
        if (bytes.length != SIZE) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt(SIZE - Integer.BYTES) != checksum(bytes)) {
            return Optional.empty();
        }
        long counter = buffer.getLong();
        long height = buffer.getLong();
        int round = buffer.getInt();
        int step = buffer.get();
        if (step == NOTHING_SIGNED) {
            return Optional.of(new Slot(counter, height, null));
        }
        var block = hash(buffer);
        var hash = hash(buffer);
        int lockedRound = buffer.getInt();
        var locked = hash(buffer);
        return step(step)
                .map(known ->
                        of(
                                counter,
                                new SignerState(
                                        height,
                                        round,
                                        known,
                                        block.equals(Hash.ZERO) ? null : block,
                                        hash,
                                        lockedRound,
                                        lockedRound == -1 ? null : locked)));
    }

    private static void put(ByteBuffer buffer, @Nullable Hash hash) {
        buffer.put((hash == null ? Hash.ZERO : hash).asReadOnlyBuffer());
    }

    private static Hash hash(ByteBuffer buffer) {
        var bytes = new byte[Hash.SIZE];
        buffer.get(bytes);
        return Hash.of(bytes);
    }

    private static int code(SignerStep step) {
        return switch (step) {
            case PROPOSAL -> 1;
            case PREVOTE -> 2;
            case PRECOMMIT -> 3;
        };
    }

    private static Optional<SignerStep> step(int code) {
        for (var step : SignerStep.values()) {
            if (code(step) == code) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, 0, SIZE - Integer.BYTES);
        return (int) crc.getValue();
    }
}
