package io.computronium.p2p.transport;

import io.computronium.p2p.Direction;
import io.computronium.p2p.Hello;
import io.computronium.p2p.Rejection;
import io.computronium.p2p.codec.Frame;
import io.computronium.p2p.codec.MessageCodec;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is not a peer yet: TLS shows who the other end is, both say Hello, and this
 * handler gives its place to a {@link Link}. All of it within one deadline.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures come to exceptionCaught or channelInactive
final class Greeting extends SimpleChannelInboundHandler<Frame> {

    private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);

    /** What a peer turned out to be. */
    record Greeted(Channel channel, NodeId id, Direction direction, Hello hello) {
        ChannelPipeline pipeline() {
            return channel.pipeline();
        }
    }

    private final Local local;
    private final @Nullable NodeId expected;
    private final Consumer<Greeted> greeted;
    private @Nullable Future<?> deadline;
    private @Nullable NodeId id;
    private boolean ended;

    /**
     * @param expected who was dialled; null: the other side dialled
     * @param greeted replaces this handler
     */
    Greeting(Local local, @Nullable NodeId expected, Consumer<Greeted> greeted) {
        this.local = local;
        this.expected = expected;
        this.greeted = greeted;
    }

    Direction direction() {
        return expected == null ? Direction.INBOUND : Direction.OUTBOUND;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        long nanos = local.config().limits().timing().hello().toNanos();
        deadline =
                ctx.executor()
                        .schedule(
                                () -> reject(ctx, Rejection.HELLO_TIMEOUT, "no Hello in time"),
                                nanos,
                                TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ended = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            if (completion.isSuccess()) {
                secured(ctx);
            } else {
                failed(ctx, completion.cause());
            }
        }
    }

    private void secured(ChannelHandlerContext ctx) {
        try {
            id = Tls.peerOf(ctx.pipeline().get(SslHandler.class));
        } catch (MalformedDataException e) {
            reject(ctx, Rejection.TLS, String.valueOf(e.getMessage()));
            return;
        }
        if (expected != null && !id.equals(expected)) {
            reject(ctx, Rejection.WRONG_NODE, "dialled " + expected + ", met " + id);
        } else if (id.equals(local.id())) {
            reject(ctx, Rejection.SELF, "this node itself");
        } else {
            Link.write(ctx.channel(), MessageCodec.encode(local.hello()));
            ctx.flush();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Frame frame) {
        if (ended || id == null) {
            return;
        }
        Hello hello;
        try {
            hello = MessageCodec.decodeHello(frame);
        } catch (MalformedDataException e) {
            String detail = e.getMessage() + ": " + Rejections.excerpt(frame.payload());
            reject(ctx, Rejection.MALFORMED, detail);
            return;
        }
        Rejection verdict = local.verdict(hello);
        if (verdict != null) {
            reject(ctx, verdict, hello.toString());
            return;
        }
        greeted.accept(new Greeted(ctx.channel(), id, direction(), hello));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed(ctx, cause);
    }

    private void failed(ChannelHandlerContext ctx, Throwable cause) {
        Throwable root = Tls.rootOf(cause);
        switch (root) {
            case RejectedException e -> reject(ctx, e.rejection(), String.valueOf(e.getMessage()));
            case SSLException e -> reject(ctx, Rejection.TLS, String.valueOf(e.getMessage()));
            // The other side went away, which is its right.
            case IOException e -> ctx.close();
            default -> {
                LOG.error("[{}] a defect ends a greeting", local.config().name(), root);
                ctx.close();
            }
        }
    }

    private void reject(ChannelHandlerContext ctx, Rejection rejection, String detail) {
        if (!ended) {
            ended = true;
            String peer = ctx.channel().remoteAddress() + (id == null ? "" : " " + id);
            local.rejections().record(rejection, peer, detail);
        }
        ctx.close();
    }
}
