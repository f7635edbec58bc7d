package io.computronium.p2p.transport;

import io.computronium.p2p.Direction;
import io.computronium.p2p.Hello;
import io.computronium.p2p.Peer;
import io.computronium.p2p.Rejection;
import io.computronium.p2p.codec.Frame;
import io.computronium.p2p.codec.FrameType;
import io.computronium.p2p.codec.MessageCodec;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a known peer. What is to be sent waits in an {@link Outbox} and goes out as long
 * as the socket takes it and no further, so that a vote has little ahead of it. Fields without a
 * note belong to the loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures come to exceptionCaught or channelInactive
final class Link extends SimpleChannelInboundHandler<Frame> implements Peer {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private static final int HEADER_BYTES = Integer.BYTES + 1;

    /** After so many bytes the other connections have their turn. */
    private static final int TURN_BYTES = 1 << 20;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Local local;
    private final Links links;
    private final Channel channel;
    private final InetSocketAddress address;
    private final NodeId id;
    private final Direction direction;
    private final Hello hello;
    private final Throttle throttle;
    private final Outbox outbox;

    /** Whether a turn of sending is already asked for; any thread. */
    private final AtomicBoolean turnAsked = new AtomicBoolean();

    private long lastReadNanos = System.nanoTime();
    private boolean ended;

    Link(Local local, Links links, Greeting.Greeted greeted, Budget backlog) {
        this.local = local;
        this.links = links;
        this.channel = greeted.channel();
        this.address = (InetSocketAddress) channel.remoteAddress();
        this.id = greeted.id();
        this.direction = greeted.direction();
        this.hello = greeted.hello();
        this.throttle = channel.pipeline().get(Throttle.class);
        this.outbox = new Outbox(backlog);
    }

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public Hello hello() {
        return hello;
    }

    @Override
    public boolean send(PeerMessage message) {
        return send(Priority.of(message), MessageCodec.encode(message));
    }

    boolean send(Priority priority, Frame frame) {
        boolean queued = outbox.offer(priority, frame);
        // Also after a refusal: the turn is what finds that there is room again.
        askForTurn();
        return queued;
    }

    @Override
    public long backlogBytes() {
        return outbox.bytes();
    }

    @Override
    public void pauseReading(Duration duration) {
        Duration cut = duration.compareTo(LONGEST_PAUSE) < 0 ? duration : LONGEST_PAUSE;
        onLoop(() -> throttle.pause(channel, cut.toNanos()));
    }

    @Override
    public void close(String reason) {
        onLoop(() -> reject(Rejection.LISTENER, reason));
    }

    /** Nothing has come for so long that the peer is likely dead. */
    boolean isSilent() {
        Duration ping = local.config().limits().timing().ping();
        return System.nanoTime() - lastReadNanos > ping.toNanos() * 3 / 2;
    }

    /**
     * Closes without counting a rejection. The peer counts as gone from now on, though TLS may take
     * half a second to say goodbye.
     */
    void end(String reason) {
        if (!ended) {
            ended = true;
            outbox.close();
            links.closed(this, reason);
            channel.close();
        }
    }

    private void reject(Rejection rejection, String detail) {
        if (!ended) {
            local.rejections().record(rejection, this, detail);
            end(rejection + ": " + detail);
        }
    }

    private void askForTurn() {
        if (turnAsked.compareAndSet(false, true)) {
            onLoop(this::sendTurn);
        }
    }

    private void sendTurn() {
        turnAsked.set(false);
        int written = 0;
        while (written < TURN_BYTES && channel.isWritable()) {
            Frame frame = outbox.poll();
            if (frame == null) {
                break;
            }
            write(channel, frame);
            written += HEADER_BYTES + frame.payload().size();
        }
        if (written > 0) {
            channel.flush();
        }
        if (channel.isWritable() && !outbox.isEmpty()) {
            askForTurn();
        }
        if (outbox.announcesRoom() && !ended) {
            local.listener().drained(this);
        }
    }

    /** Writes without flushing. */
    static void write(Channel channel, Frame frame) {
        int size = frame.payload().size();
        ByteBuf out = channel.alloc().buffer(HEADER_BYTES + size);
        out.writeInt(size).writeByte(frame.type().code());
        out.writeBytes(frame.payload().asReadOnlyBuffer());
        channel.write(out);
    }

    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // The network is closed, and with it this link.
            outbox.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Frame frame) {
        lastReadNanos = System.nanoTime();
        throttle.chargeFrame(channel);
        if (ended || frame.type() == FrameType.PING) {
            return;
        }
        PeerMessage message;
        try {
            message = MessageCodec.decode(frame);
        } catch (MalformedDataException e) {
            String payload = Rejections.excerpt(frame.payload());
            reject(Rejection.MALFORMED, frame.type() + ": " + e.getMessage() + ": " + payload);
            return;
        }
        local.listener().received(this, message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (channel.isWritable()) {
            askForTurn();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent idle) {
            if (idle.state() == IdleState.READER_IDLE) {
                reject(Rejection.SILENT, "nothing received for too long");
            } else {
                write(channel, Frame.PING);
                channel.flush();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("connection lost");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        switch (Tls.rootOf(cause)) {
            case RejectedException e -> reject(e.rejection(), String.valueOf(e.getMessage()));
            case SSLException e -> reject(Rejection.TLS, String.valueOf(e.getMessage()));
            case IOException e -> end(String.valueOf(e.getMessage()));
            default -> {
                LOG.error("[{}] a defect ends {}", local.config().name(), this, cause);
                end(cause.toString());
            }
        }
    }

    @Override
    public String toString() {
        return id + " " + address;
    }
}
