package io.computronium.node.rpc;

import io.computronium.node.metrics.NodeMetrics;
import io.computronium.node.runtime.NodeThreads;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The listening port: HTTP/1.1 with keep-alive and pipelining. Runs from its making until closed.
 */
public final class RpcServer implements AutoCloseable {

    private static final int MAX_LINE_BYTES = 8 << 10;
    private static final int MAX_HEADER_BYTES = 8 << 10;
    private static final int CHUNK_BYTES = 64 << 10;
    private static final int WRITE_TIMEOUT_SECONDS = 30;
    private static final long STOP_MILLIS = 1_000;

    private final EventLoopGroup loops;
    private final ExecutorService executor;
    private final RpcConfig config;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong bodyBytes = new AtomicLong();
    private final Channel listening;

    /**
     * Starts to listen.
     *
     * @throws IOException if the address cannot be listened at
     */
    public RpcServer(
            RpcConfig config,
            RpcMethods methods,
            ChainReads chain,
            NodeReads node,
            NodeMetrics metrics,
            NodeThreads threads)
            throws IOException {
        this.config = config;
        this.loops =
                new MultiThreadIoEventLoopGroup(
                        1, threads.platform("rpc"), NioIoHandler.newFactory());
        this.executor = threads.virtual("rpc-call");
        var rpc = new JsonRpc(methods, config.limits(), executor, metrics);
        var probes = new Probes(chain, node);
        this.listening = bind(new AccessGuard(config), rpc, probes, metrics);
        metrics.watch("rpc.connections", "Open connections of users", connections::get);
    }

    private Channel bind(AccessGuard guard, JsonRpc rpc, Probes probes, NodeMetrics metrics)
            throws IOException {
        var routes = new Routes(guard, rpc, probes, metrics);
        var bound =
                new ServerBootstrap()
                        .group(loops)
                        .channelFactory(NioServerSocketChannel::new)
                        .option(ChannelOption.SO_BACKLOG, config.limits().maxConnections())
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        prepare(channel, routes);
                                    }
                                })
                        .bind(config.address())
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close(loops, executor);
            throw new IOException("cannot listen at " + config.address(), bound.cause());
        }
        return bound.channel();
    }

    private void prepare(SocketChannel channel, Routes routes) {
        var limits = config.limits();
        var deadline = new RequestDeadline(limits.requestTime());
        var bodies = new BodyBytes(bodyBytes, limits.maxBodyBytesAtOnce());
        long idleMillis = limits.idleTime().toMillis();
        channel.pipeline()
                .addLast(new IdleStateHandler(0, 0, idleMillis, TimeUnit.MILLISECONDS))
                .addLast(new WriteTimeoutHandler(WRITE_TIMEOUT_SECONDS))
                .addLast(deadline)
                .addLast(new HttpServerCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, CHUNK_BYTES))
                .addLast(new BodyAggregator(limits.maxBodyBytes(), deadline, bodies))
                .addLast(new FlowControlHandler())
                .addLast(new HttpConnection(routes, limits, executor, connections, bodies));
    }

    /** Where it listens, with the port that was free if it was 0. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** Ends all connections and calls, within two seconds. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly(STOP_MILLIS);
        close(loops, executor);
    }

    private static void close(EventLoopGroup loops, ExecutorService executor) {
        executor.shutdownNow();
        loops.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(STOP_MILLIS);
    }
}
