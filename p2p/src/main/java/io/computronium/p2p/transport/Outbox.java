package io.computronium.p2p.transport;

import io.computronium.p2p.codec.Frame;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Frames that wait for one peer: a queue for each priority, each with its own bound, so that no
 * flood of one kind takes the room of another. Any thread offers, the loop polls.
 */
final class Outbox {

    /** What a waiting frame costs besides its payload, so that empty ones are bounded too. */
    private static final int FRAME_OVERHEAD = 64;

    private static final class Lane {
        final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
        final Budget own;
        final @Nullable Budget shared;

        /** A frame was refused, and room has not been announced since. */
        volatile boolean refused;

        Lane(Priority priority, @Nullable Budget shared) {
            this.own = new Budget(priority.maxQueuedBytes());
            this.shared = shared;
        }

        boolean offer(Frame frame) {
            long cost = cost(frame);
            if (own.take(cost)) {
                if (shared == null || shared.take(cost)) {
                    return frames.add(frame);
                }
                own.giveBack(cost);
            }
            refused = true;
            return false;
        }

        @Nullable Frame poll() {
            Frame frame = frames.poll();
            if (frame != null) {
                own.giveBack(cost(frame));
                if (shared != null) {
                    shared.giveBack(cost(frame));
                }
            }
            return frame;
        }

        boolean announcesRoom() {
            if (!refused || !own.isHalfFree()) {
                return false;
            }
            refused = false;
            return true;
        }

        private static long cost(Frame frame) {
            return (long) frame.payload().size() + FRAME_OVERHEAD;
        }
    }

    private final Lane consensus;
    private final Lane block;
    private final Lane sync;
    private final Lane transaction;

    /** The most urgent first. */
    private final List<Lane> lanes;

    private volatile boolean closed;

    /**
     * @param shared which other peers draw on too, for all but consensus messages
     */
    Outbox(Budget shared) {
        this.consensus = new Lane(Priority.CONSENSUS, null);
        this.block = new Lane(Priority.BLOCK, shared);
        this.sync = new Lane(Priority.SYNC, shared);
        this.transaction = new Lane(Priority.TRANSACTION, shared);
        this.lanes = List.of(consensus, block, sync, transaction);
    }

    /** Returns false if the frame was dropped for lack of room. */
    boolean offer(Priority priority, Frame frame) {
        if (closed || !lane(priority).offer(frame)) {
            return false;
        }
        if (closed) {
            // close() may have emptied the lanes before this frame came.
            clear();
            return false;
        }
        return true;
    }

    private Lane lane(Priority priority) {
        return switch (priority) {
            case CONSENSUS -> consensus;
            case BLOCK -> block;
            case SYNC -> sync;
            case TRANSACTION -> transaction;
        };
    }

    /** The most urgent frame, oldest first. */
    @Nullable Frame poll() {
        for (Lane lane : lanes) {
            Frame frame = lane.poll();
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return lanes.stream().allMatch(lane -> lane.frames.isEmpty());
    }

    /** What waits, in bytes. */
    long bytes() {
        return lanes.stream().mapToLong(lane -> lane.own.used()).sum();
    }

    /**
     * Whether a lane that refused a frame is at least half empty now; true once for each refusal.
     */
    boolean announcesRoom() {
        boolean room = false;
        for (Lane lane : lanes) {
            room |= lane.announcesRoom();
        }
        return room;
    }

    /** Drops everything, now and from now on. */
    void close() {
        closed = true;
        clear();
    }

    private void clear() {
        for (Lane lane : lanes) {
            while (lane.poll() != null) {
                // Each poll gives its bytes back.
            }
        }
    }
}
