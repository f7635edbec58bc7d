package io.computronium.p2p.transport;

import io.computronium.p2p.Direction;
import io.computronium.p2p.Peer;
import io.computronium.p2p.PeerAddress;
import io.computronium.p2p.PeerLimits;
import io.computronium.p2p.PeerListener;
import io.computronium.p2p.PeerNetwork;
import io.computronium.p2p.PeerNetworkConfig;
import io.computronium.p2p.Rejection;
import io.computronium.p2p.codec.Frame;
import io.computronium.p2p.codec.MessageCodec;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.NodeId;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The {@link PeerNetwork} over TCP and TLS 1.3. One loop thread owns all connections; a second
 * thread does the arithmetic of handshakes, so that a crowd of callers does not hold up votes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing needs no answer
public final class TlsPeerNetwork implements PeerNetwork {

    private static final int CONNECT_MILLIS = 3_000;
    private static final int ACCEPT_BACKLOG = 128;

    /** What may be written ahead of a vote, besides the frame that is under way. */
    private static final WriteBufferWaterMark WRITE_AHEAD =
            new WriteBufferWaterMark(32 << 10, 64 << 10);

    /** What may wait for all peers together that are not static, in bytes. */
    private static final long OTHERS_BACKLOG_BYTES = 64 << 20;

    private static final long CLOSE_MILLIS = 400;

    private final Local local;
    private final Set<NodeId> staticIds;
    private final Tls tls;
    private final Admission admission;
    private final Links links;
    private final Dialler dialler;
    private final Budget staticBacklog = new Budget(Long.MAX_VALUE);
    private final Budget othersBacklog = new Budget(OTHERS_BACKLOG_BYTES);
    private final PooledByteBufAllocator allocator = allocator();
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final ExecutorService handshakes;
    private final Channel server;

    private TlsPeerNetwork(PeerNetworkConfig config, PeerListener listener) throws IOException {
        var random = new SecureRandom();
        this.local =
                new Local(
                        config,
                        NodeId.ofKey(config.nodeKey().publicKey()),
                        random.nextLong(),
                        listener,
                        new Rejections(config.name()));
        this.staticIds =
                config.staticPeers().stream()
                        .map(PeerAddress::id)
                        .collect(Collectors.toUnmodifiableSet());
        this.tls = new Tls(config.nodeKey());
        this.admission = new Admission(config.limits().admission(), config.staticPeers().size());
        this.handshakes = Executors.newSingleThreadExecutor(thread(config.name() + "-tls"));
        this.group =
                new MultiThreadIoEventLoopGroup(
                        1, thread(config.name()), NioIoHandler.newFactory());
        this.loop = group.next();
        this.dialler = new Dialler(local, loop, this::isConnected, this::dial);
        this.links = new Links(local, dialler::gone);
        this.server = listen(config.listen());
    }

    /**
     * Listens and starts to dial the static peers.
     *
     * @throws IOException if the address cannot be listened at
     */
    public static PeerNetwork start(PeerNetworkConfig config, PeerListener listener)
            throws IOException {
        var network = new TlsPeerNetwork(config, listener);
        network.loop.execute(() -> network.dialler.start(network.local.id()));
        return network;
    }

    private static ThreadFactory thread(String name) {
        return task -> {
            var thread = new FastThreadLocalThread(task, "p2p-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static PooledByteBufAllocator allocator() {
        // One arena for the one loop, in chunks of 2 MiB: several nodes may share a JVM.
        return new PooledByteBufAllocator(
                true,
                1,
                1,
                8 << 10,
                8,
                PooledByteBufAllocator.defaultSmallCacheSize(),
                PooledByteBufAllocator.defaultNormalCacheSize(),
                false);
    }

    private Channel listen(InetSocketAddress address) throws IOException {
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(loop)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.ALLOCATOR, allocator)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_AHEAD)
                        .childHandler(initializer(this::accepted))
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop();
            throw new IOException("cannot listen at " + address, bound.cause());
        }
        return bound.channel();
    }

    private ChannelFuture dial(InetSocketAddress address, NodeId expected) {
        admission.addStatic(address.getAddress());
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_AHEAD)
                .handler(
                        initializer(channel ->
                                equip(channel, new Greeting(local, expected, this::greeted))))
                .connect(address);
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> initialise) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                initialise.accept(channel);
            }
        };
    }

    private void accepted(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress caller)) {
            // It was gone before we looked.
            channel.close();
            return;
        }
        switch (admission.enter(caller.getAddress())) {
            case Admission.Entry.Refused(Rejection rejection) -> {
                local.rejections().record(rejection, caller, "no place");
                channel.close();
            }
            case Admission.Entry.Place place -> {
                channel.closeFuture().addListener(closed -> place.leave());
                Consumer<Greeting.Greeted> greeted =
                        peer -> {
                            place.greet();
                            greeted(peer);
                        };
                equip(channel, new Greeting(local, null, greeted));
            }
        }
    }

    private void equip(Channel channel, Greeting greeting) {
        PeerLimits limits = local.config().limits();
        Direction direction = greeting.direction();
        channel.pipeline()
                .addLast(new Throttle(limits.otherBytesPerSecond()))
                .addLast(tls.handler(direction, allocator, handshakes))
                .addLast(
                        new IdleStateHandler(
                                limits.timing().silence().toMillis(),
                                limits.timing().ping().toMillis(),
                                0,
                                TimeUnit.MILLISECONDS))
                .addLast(new FrameDecoder())
                .addLast(greeting);
    }

    private void greeted(Greeting.Greeted peer) {
        boolean isStatic = staticIds.contains(peer.id());
        if (isStatic) {
            peer.pipeline()
                    .get(Throttle.class)
                    .rate(local.config().limits().staticBytesPerSecond());
        }
        var link = new Link(local, links, peer, isStatic ? staticBacklog : othersBacklog);
        peer.pipeline().replace(Greeting.class, "link", link);
        dialler.opened(peer.id());
        links.opened(link);
    }

    private boolean isConnected(NodeId id) {
        return links.has(id);
    }

    @Override
    public NodeId id() {
        return local.id();
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) server.localAddress();
    }

    @Override
    public Map<NodeId, Peer> peers() {
        return Map.copyOf(links.now());
    }

    @Override
    public void broadcast(PeerMessage message) {
        broadcast(message, link -> true);
    }

    @Override
    public void broadcast(PeerMessage message, NodeId except) {
        broadcast(message, link -> !link.id().equals(except));
    }

    private void broadcast(PeerMessage message, Predicate<Link> to) {
        Priority priority = Priority.of(message);
        Frame frame = MessageCodec.encode(message);
        for (Link link : links.now().values()) {
            if (to.test(link)) {
                link.send(priority, frame);
            }
        }
    }

    @Override
    public Map<Rejection, Long> rejected() {
        return local.rejections().counts();
    }

    @Override
    public void close() {
        var freed = server.close();
        if (!loop.inEventLoop()) {
            freed.awaitUninterruptibly(CLOSE_MILLIS); // the address can be listened at again
        }
        stop();
    }

    private void stop() {
        try {
            loop.execute(() -> {
                dialler.stop();
                links.endAll("the node stops");
            });
        } catch (RejectedExecutionException e) {
            // Closed before.
        }
        group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        group.terminationFuture().addListener(terminated -> handshakes.shutdownNow());
        if (!loop.inEventLoop()) {
            group.terminationFuture().awaitUninterruptibly(2 * CLOSE_MILLIS);
        }
    }
}
