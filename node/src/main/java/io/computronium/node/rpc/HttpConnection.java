package io.computronium.node.rpc;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Requests run at once on virtual threads, as many as the limit; answers go out in
 * the order of requests. Beyond the limit, or while the peer does not read, nothing is read from
 * the socket, so the peer is held back by TCP.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures come to exceptionCaught or channelInactive
final class HttpConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    /** A request's place in the order of answers. */
    private static final class Turn {
        final boolean keepAlive;
        final @Nullable String origin;
        final int bodyBytes;
        @Nullable HttpReply reply;

        Turn(boolean keepAlive, @Nullable String origin, int bodyBytes) {
            this.keepAlive = keepAlive;
            this.origin = origin;
            this.bodyBytes = bodyBytes;
        }
    }

    private final Routes routes;
    private final RpcLimits limits;
    private final ExecutorService executor;
    private final AtomicInteger connections;
    private final BodyBytes bodyBytes;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private boolean awaitsRequest;

    /** The last answer is written; what follows is not looked at. */
    private boolean closing;

    /** The peer still sends a body that was refused; it would not read the answer if we hung up. */
    private boolean draining;

    HttpConnection(
            Routes routes,
            RpcLimits limits,
            ExecutorService executor,
            AtomicInteger connections,
            BodyBytes bodyBytes) {
        this.routes = routes;
        this.limits = limits;
        this.executor = executor;
        this.connections = connections;
        this.bodyBytes = bodyBytes;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (connections.incrementAndGet() > limits.maxConnections()) {
            refuse(ctx, HttpReply.error(503, RpcError.limit("too many connections")));
        } else {
            readNext(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connections.decrementAndGet();
        turns.clear();
        bodyBytes.giveAll();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        awaitsRequest = false;
        if (closing || draining) {
            ReferenceCountUtil.release(message);
            readNext(ctx);
            return;
        }
        switch (message) {
            case FullHttpRequest request -> {
                try {
                    receive(ctx, request);
                } finally {
                    request.release();
                }
            }
            case BodyAggregator.TooLarge _ -> {
                draining = true; // until the peer closes, or the request's deadline does
                var error = RpcError.limit("at most " + limits.maxBodyBytes() + " bytes");
                refuse(ctx, HttpReply.error(413, error));
            }
            default -> throw new IllegalStateException("not a request: " + message);
        }
        readNext(ctx);
    }

    private void receive(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(ctx, HttpReply.text(400, "not HTTP/1.1"));
            return;
        }
        var headers = request.headers();
        var turn =
                new Turn(
                        HttpUtil.isKeepAlive(request),
                        headers.get(HttpHeaderNames.ORIGIN),
                        request.content().readableBytes());
        var call =
                new HttpCall(
                        request.method().name(),
                        request.uri(),
                        headers.get(HttpHeaderNames.HOST),
                        turn.origin,
                        ByteBufUtil.getBytes(request.content()));
        turns.add(turn);
        try {
            executor.execute(() -> run(ctx, turn, call));
        } catch (RejectedExecutionException e) {
            ctx.close();
        }
    }

    private void run(ChannelHandlerContext ctx, Turn turn, HttpCall call) {
        HttpReply reply;
        try {
            reply = routes.answer(call);
        } catch (InterruptedException e) {
            reply = HttpReply.text(503, "stopping");
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", call.method, call.uri, e);
            reply = HttpReply.text(500, "internal error");
        }
        var finished = reply;
        ctx.executor()
                .execute(() -> {
                    turn.reply = finished;
                    answer(ctx);
                });
    }

    /** Answers in its turn, then closes: what follows on the connection cannot be told apart. */
    private void refuse(ChannelHandlerContext ctx, HttpReply reply) {
        var turn = new Turn(false, null, 0);
        turn.reply = reply;
        turns.add(turn);
        answer(ctx);
    }

    private void answer(ChannelHandlerContext ctx) {
        while (!closing && !turns.isEmpty()) {
            var turn = turns.getFirst();
            if (turn.reply == null) {
                break;
            }
            turns.removeFirst();
            bodyBytes.give(turn.bodyBytes);
            var written = ctx.write(response(turn, turn.reply));
            if (!turn.keepAlive) {
                closing = true;
                if (!draining) {
                    written.addListener(ChannelFutureListener.CLOSE);
                }
            }
        }
        ctx.flush();
        readNext(ctx);
    }

    private static DefaultFullHttpResponse response(Turn turn, HttpReply reply) {
        var response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(reply.status),
                        Unpooled.wrappedBuffer(reply.body));
        var headers = response.headers();
        reply.headers.forEach(headers::set);
        headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        headers.set("x-content-type-options", "nosniff");
        if (reply.status != 204) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, reply.body.length);
        }
        if (turn.origin != null && reply.status != 403) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, turn.origin);
            headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        }
        if (!turn.keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }

    private void readNext(ChannelHandlerContext ctx) {
        boolean hasRoom = turns.size() < limits.maxInFlight() && ctx.channel().isWritable();
        if (!awaitsRequest && (draining || !closing && hasRoom)) {
            awaitsRequest = true;
            ctx.read();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (awaitsRequest) {
            ctx.read(); // what came so far was not a whole request
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readNext(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection of {} failed", ctx.channel().remoteAddress(), cause);
        ctx.close();
    }
}
