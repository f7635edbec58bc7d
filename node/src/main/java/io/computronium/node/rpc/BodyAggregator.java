package io.computronium.node.rpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/**
 * Makes whole requests of their parts. Of one that is too large it passes on a mark in its place,
 * so that the refusal has its turn among the answers, and skips the rest.
 */
final class BodyAggregator extends HttpObjectAggregator {

    /** Stands for a request whose body is larger than the limit. */
    record TooLarge() {}

    private final RequestDeadline deadline;

    BodyAggregator(int maxBytes, RequestDeadline deadline) {
        super(maxBytes);
        this.deadline = deadline;
    }

    @Override
    protected void finishAggregation(FullHttpMessage aggregated) throws Exception {
        super.finishAggregation(aggregated);
        deadline.complete();
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        ctx.fireChannelRead(new TooLarge());
    }
}
