package io.computronium.cli.home;

import io.computronium.cli.home.NodeLauncher.Occasion;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.node.Node;
import io.computronium.node.NodeConfig;
import io.computronium.node.NodeStartException;
import java.net.InetSocketAddress;

/** A node in this process, together with its log. */
public final class HostedNode implements NodeLauncher.RunningNode {

    private final Node node;
    private final NodeLog log;

    private HostedNode(Node node, NodeLog log) {
        this.node = node;
        this.log = log;
    }

    /** As {@link NodeLauncher#start}. */
    public static HostedNode start(NodeHome home, Settings settings, Occasion occasion) {
        var name = settings.text(Setting.NAME);
        var config = config(home, settings, occasion);
        var log =
                NodeLog.open(home.log(), name, occasion.alone(), settings.text(Setting.LOG_LEVEL));
        try {
            return new HostedNode(Node.start(config), log);
        } catch (NodeStartException e) {
            log.close();
            throw new Failure(
                    ErrorCode.NODE_START,
                    name + " does not start: " + e.getMessage(),
                    "correct this and start it again; its log is " + home.log(),
                    e);
        } catch (RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    private static NodeConfig config(NodeHome home, Settings settings, Occasion occasion) {
        return new NodeConfig(
                settings.text(Setting.NAME),
                home.data(),
                home.genesis(),
                home.nodeKey(),
                settings.flag(Setting.VALIDATOR) ? home.validatorKey() : null,
                occasion.signFromHeight().isPresent()
                        ? Long.valueOf(occasion.signFromHeight().getAsLong())
                        : null,
                settings.address(Setting.RPC_HOST, Setting.RPC_PORT),
                settings.address(Setting.P2P_HOST, Setting.P2P_PORT),
                NodeConfig.peers(settings.list(Setting.P2P_PEERS)),
                NodeConfig.Limits.DEFAULT);
    }

    @Override
    public InetSocketAddress rpcAddress() {
        return node.rpcAddress();
    }

    @Override
    public InetSocketAddress p2pAddress() {
        return node.p2pAddress();
    }

    @Override
    public boolean isRunning() {
        return !node.failure().isDone();
    }

    @Override
    public void close() {
        node.close();
        log.close();
    }
}
