package io.computronium.cli.home;

import io.computronium.cli.shell.Failure;
import java.net.InetSocketAddress;

/** Starts nodes in this process. */
@FunctionalInterface
public interface NodeLauncher {

    /**
     * Starts the node that lives in {@code home}.
     *
     * @param alone whether it will be the only one of this process
     * @throws Failure if it cannot start
     */
    RunningNode start(NodeHome home, Settings settings, boolean alone);

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
