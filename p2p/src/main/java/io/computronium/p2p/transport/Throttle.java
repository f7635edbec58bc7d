package io.computronium.p2p.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what is read from a connection: a bucket of bytes that fills at the rate, holds one second
 * of it, and may go into debt by what one read brings; reading pauses until the debt is paid, and
 * TCP makes the sender wait. For the loop alone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is planned is not cancelled
final class Throttle extends ChannelDuplexHandler {

    /** So that a flood of the shortest frames is as bounded as one of the longest. */
    private static final int FRAME_COST_BYTES = 512;

    private static final long SECOND_NANOS = 1_000_000_000;

    private long bytesPerSecond;
    private long credit;
    private long creditedAt;
    private boolean paused;
    private long pausedUntil;

    Throttle(int bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
        this.credit = bytesPerSecond;
        this.creditedAt = System.nanoTime();
    }

    void rate(int newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            charge(ctx.channel(), bytes.readableBytes());
        }
        ctx.fireChannelRead(message);
    }

    private void charge(Channel channel, int bytes) {
        long now = System.nanoTime();
        // A second fills the bucket, and a longer time must not overflow the product.
        long elapsed = Math.min(now - creditedAt, SECOND_NANOS);
        long earned = elapsed * bytesPerSecond / SECOND_NANOS;
        if (earned > 0) {
            creditedAt = now;
            credit = Math.min(bytesPerSecond, credit + earned);
        }
        credit -= bytes;
        if (credit < 0) {
            pause(channel, -credit * SECOND_NANOS / bytesPerSecond);
        }
    }

    /** Charges the work that a frame makes however short it is. */
    void chargeFrame(Channel channel) {
        charge(channel, FRAME_COST_BYTES);
    }

    /** Stops reading for {@code nanos} from now, or longer if a longer pause is under way. */
    void pause(Channel channel, long nanos) {
        long until = System.nanoTime() + nanos;
        if (paused) {
            pausedUntil = Math.max(pausedUntil, until);
            return;
        }
        paused = true;
        pausedUntil = until;
        channel.config().setAutoRead(false);
        channel.eventLoop().schedule(() -> resume(channel), nanos, TimeUnit.NANOSECONDS);
    }

    private void resume(Channel channel) {
        long left = pausedUntil - System.nanoTime();
        if (left > 0) {
            channel.eventLoop().schedule(() -> resume(channel), left, TimeUnit.NANOSECONDS);
            return;
        }
        paused = false;
        channel.config().setAutoRead(true);
    }

    /** Handlers that wait for more bytes ask for them even while automatic reading is off. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (!paused) {
            ctx.read();
        }
    }
}
