package io.computronium.node.rpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpContent;
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
    private final BodyBytes bodyBytes;

    BodyAggregator(int maxBytes, RequestDeadline deadline, BodyBytes bodyBytes) {
        super(maxBytes);
        this.deadline = deadline;
        this.bodyBytes = bodyBytes;
    }

    @Override
    protected void aggregate(FullHttpMessage aggregated, HttpContent content) throws Exception {
        if (!bodyBytes.take(content.content().readableBytes())) {
            throw new TooLongFrameException("the request bodies of all users are too large");
        }
        super.aggregate(aggregated, content);
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
