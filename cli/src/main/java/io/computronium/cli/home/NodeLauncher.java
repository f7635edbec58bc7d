package io.computronium.cli.home;

import io.computronium.cli.shell.Failure;
import java.net.InetSocketAddress;
import java.util.OptionalLong;

/** Starts nodes in this process. */
@FunctionalInterface
public interface NodeLauncher {

    /**
     * Starts the node that lives in {@code home}.
     *
     * @throws Failure if it cannot start
     */
    RunningNode start(NodeHome home, Settings settings, Occasion occasion);

    /**
     * What is true of this start and no other.
     *
     * @param alone whether the node will be the only one of this process
     * @param signFromHeight for a validator's key whose signer file is not at hand although the
     *     chain has begun: the first height that it may sign; empty: refuse to start then
     */
    record Occasion(boolean alone, OptionalLong signFromHeight) {}

    /** A node that runs in this process. */
    interface RunningNode extends AutoCloseable {

        /** Where JSON-RPC listens. */
        InetSocketAddress rpcAddress();

        /** Where peers connect. */
        InetSocketAddress p2pAddress();

        /** Whether it runs; a node ends by itself when its disk fails or an invariant breaks. */
        boolean isRunning();

        /** Stops it and waits until its files are closed. Again has no effect. */
        @Override
        void close();
    }
}
