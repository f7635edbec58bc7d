package io.computronium.cli.devnet;

import io.computronium.cli.home.NodeHome;
import io.computronium.cli.home.NodeLauncher;
import io.computronium.cli.home.NodeLauncher.Occasion;
import io.computronium.cli.home.NodeLauncher.RunningNode;
import io.computronium.cli.home.Setting;
import io.computronium.cli.rpc.ChainClient;
import io.computronium.cli.rpc.ChainClient.Chain;
import io.computronium.cli.rpc.RpcClient;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Shell;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** The nodes of a devnet while they run. One thread. */
public final class DevnetRun implements Outcome.Service, AutoCloseable {

    /** For how long the first block may take. */
    private static final long START_MILLIS = 60_000;

    private static final Occasion TOGETHER = new Occasion(false, OptionalLong.empty());

    private static final long POLL_MILLIS = 250;

    /** Where no terminal is, progress is a line now and then. */
    private static final long LINE_EVERY_BLOCKS = 60;

    private final Shell shell;
    private final DevnetFolder folder;
    private final List<Member> members = new ArrayList<>();
    private final List<Endpoint> endpoints;
    private final ChainClient client;

    /** Where a node answers. */
    public record Endpoint(String name, NodeHome home, String rpcUrl, String p2p) {}

    private record InProcess(RunningNode node) implements Member {
        @Override
        public boolean isRunning() {
            return node.isRunning();
        }

        @Override
        public void stop() {}

        @Override
        public void close() {
            node.close();
        }
    }

    private DevnetRun(Shell shell, DevnetFolder folder) {
        this.shell = shell;
        this.folder = folder;
        this.endpoints = folder.homes().stream().map(DevnetRun::endpoint).toList();
        this.client = new ChainClient(new RpcClient(URI.create(endpoints.getFirst().rpcUrl)));
    }

    /** Starts all nodes in this process. */
    public static DevnetRun inProcess(Shell shell, DevnetFolder folder, NodeLauncher launcher) {
        return start(
                shell,
                folder,
                home ->
                        new InProcess(
                                launcher.start(home, home.settings(Map.of(), Map.of()), TOGETHER)));
    }

    /**
     * Starts each node in a process of its own.
     *
     * @param self the command line that runs this program
     */
    public static DevnetRun inProcesses(Shell shell, DevnetFolder folder, List<String> self) {
        return start(shell, folder, home -> ChildProcess.start(self, home));
    }

    private static DevnetRun start(
            Shell shell, DevnetFolder folder, Function<NodeHome, Member> starter) {
        var run = new DevnetRun(shell, folder);
        try {
            for (var home : folder.homes()) {
                shell.progress("starting " + home.folder().getFileName() + " …");
                run.members.add(starter.apply(home));
            }
            return run;
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /**
     * Waits for the next block.
     *
     * @return the chain with that block as its head
     * @throws Failure if a node ended, none comes in time, or the end is asked for
     */
    public Chain awaitBlock() throws InterruptedException {
        long start = shell.clock().millis();
        long first = -1;
        while (shell.clock().millis() - start < START_MILLIS) {
            if (shell.stop().await(POLL_MILLIS)) {
                throw new Failure(
                        ErrorCode.NODE_START, "stopped before the first block", "start it again");
            }
            requireMembers(members.size());
            try {
                var chain = client.chain();
                if (first >= 0 && chain.height() > first || chain.height() == 1) {
                    return chain;
                }
                first = first < 0 ? chain.height() : first;
                shell.progress("waiting for a block …");
            } catch (Failure e) {
                // Not up yet; if it stays so, the deadline says it.
                shell.progress("starting …");
            }
        }
        throw new Failure(
                ErrorCode.NODE_START,
                "the nodes make no blocks",
                "look at node.log in the folders under " + folder.folder());
    }

    @Override
    public void run() throws InterruptedException {
        try (this) {
            long shown = 0;
            int alive = members.size();
            while (!shell.stop().await(POLL_MILLIS)) {
                alive = reportDeaths(alive);
                shown = showProgress(shown, alive);
            }
            shell.progress("stopping …");
        }
        shell.progress("");
    }

    @Override
    public void close() {
        members.forEach(Member::stop);
        // Nodes close their files independently; the common pool lends its threads.
        members.parallelStream().forEach(Member::close);
        client.close();
        folder.close();
    }

    private int reportDeaths(int before) {
        int alive = (int) members.stream().filter(Member::isRunning).count();
        if (alive < before) {
            shell.err().println("warning: " + alive + " of " + members.size() + " nodes run");
            shell.err().flush();
        }
        requireMembers(1);
        return alive;
    }

    private long showProgress(long shown, int alive) {
        try {
            var chain = client.chain();
            if (chain.height() == shown) {
                return shown;
            }
            var line =
                    "height %d, %d transactions, %d of %d nodes"
                            .formatted(
                                    chain.height(),
                                    chain.head().number("transactions"),
                                    alive,
                                    members.size());
            shell.progress(line);
            if (!shell.terminal() && chain.height() % LINE_EVERY_BLOCKS == 0) {
                shell.err().println(line);
                shell.err().flush();
            }
            return chain.height();
        } catch (Failure | IllegalArgumentException e) {
            return shown;
        }
    }

    private void requireMembers(int least) {
        long alive = members.stream().filter(Member::isRunning).count();
        if (alive < least) {
            throw new Failure(
                    ErrorCode.NODE_START,
                    (members.size() - alive) + " of " + members.size() + " nodes ended",
                    "look at node.log in the folders under " + folder.folder());
        }
    }

    private static Endpoint endpoint(NodeHome home) {
        var settings = home.settings(Map.of(), Map.of());
        return new Endpoint(
                settings.text(Setting.NAME),
                home,
                "http://" + settings.text(Setting.RPC_HOST) + ":" + settings.text(Setting.RPC_PORT),
                settings.text(Setting.P2P_HOST) + ":" + settings.text(Setting.P2P_PORT));
    }
}
