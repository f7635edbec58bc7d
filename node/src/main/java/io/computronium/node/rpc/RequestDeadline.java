package io.computronium.node.rpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a connection whose request is not there in time, however steadily it trickles in. */
@SuppressWarnings("FutureReturnValueIgnored") // closing needs no answer
final class RequestDeadline extends ChannelInboundHandlerAdapter {

    private final Duration requestTime;
    private @Nullable ScheduledFuture<?> alarm;

    RequestDeadline(Duration requestTime) {
        this.requestTime = requestTime;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (alarm == null) {
            alarm =
                    ctx.executor()
                            .schedule(
                                    (Runnable) ctx::close,
                                    requestTime.toMillis(),
                                    TimeUnit.MILLISECONDS);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        complete();
        ctx.fireChannelInactive();
    }

    /** A request is whole; the next byte begins another one. */
    void complete() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }
}
