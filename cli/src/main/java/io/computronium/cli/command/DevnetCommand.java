package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.devnet.DevnetFolder;
import io.computronium.cli.devnet.DevnetRun;
import io.computronium.cli.rpc.ChainClient.Chain;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Frame;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.genesis.Devnet;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A network on this machine. */
@Command(
        name = "devnet",
        description = "Run a network of your own on this machine, with funded accounts.",
        footerHeading = "%nExample:%n",
        footer = "  cptm devnet --reset")
final class DevnetCommand implements Verb {

    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--validators",
            defaultValue = "4",
            paramLabel = "N",
            description =
                    "How many validators, 1 to " + DevnetFolder.MAX_VALIDATORS + ". Default: 4")
    private int validators = 4;

    @Option(names = "--reset", description = "Delete an earlier devnet in the folder first.")
    private boolean reset;

    @Option(names = "--processes", description = "Run each node in a process of its own.")
    private boolean processes;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "Where to keep it. Default: devnet under CPTM_HOME, ~/.cptm/devnet")
    private @Nullable Path home;

    @Option(
            names = "--rpc-port",
            defaultValue = "7300",
            paramLabel = "PORT",
            description = "JSON-RPC of the first node; the others follow. Default: 7300")
    private int rpcPort = 7300;

    @Option(
            names = "--p2p-port",
            defaultValue = "7400",
            paramLabel = "PORT",
            description = "Peer port of the first node; the others follow. Default: 7400")
    private int p2pPort = 7400;

    @Option(
            names = "--log-level",
            defaultValue = "warn",
            paramLabel = "LEVEL",
            description = "error, warn (default), info, debug or trace")
    private String logLevel = "warn";

    @Override
    public Outcome run(Context context) {
        requireSensible();
        var shell = context.shell();
        var place = home == null ? shell.home().resolve("devnet") : home;
        var folder = DevnetFolder.open(place, validators, reset);
        folder.configure(rpcPort, p2pPort, logLevel);
        // From here on nodes run: a signal must end them in an orderly way.
        shell.stop().engage();
        var run =
                processes
                        ? DevnetRun.inProcesses(shell, folder, context.self())
                        : DevnetRun.inProcess(shell, folder, context.launcher());
        try {
            return new Outcome.Running(report(run, folder, run.awaitBlock()), run);
        } catch (RuntimeException e) {
            run.close();
            throw e;
        } catch (InterruptedException e) {
            run.close();
            Thread.currentThread().interrupt();
            throw new Failure(ErrorCode.NODE_START, "interrupted", "start it again", e);
        }
    }

    private void requireSensible() {
        if (validators < 1 || validators > DevnetFolder.MAX_VALIDATORS) {
            throw usage("--validators is 1 to " + DevnetFolder.MAX_VALIDATORS);
        }
        if (!isRange(rpcPort) || !isRange(p2pPort) || Math.abs(rpcPort - p2pPort) < validators) {
            throw usage("the ports from --rpc-port and --p2p-port on must exist and differ");
        }
        if (!List.of("error", "warn", "info", "debug", "trace").contains(logLevel)) {
            throw usage("--log-level is error, warn, info, debug or trace");
        }
    }

    private boolean isRange(int first) {
        return first > 0 && first <= MAX_PORT - validators + 1;
    }

    private static Failure usage(String message) {
        return new Failure(ErrorCode.USAGE, message, "cptm devnet --help shows how");
    }

    private Report report(DevnetRun run, DevnetFolder folder, Chain chain) {
        var data =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("note", Frame.NO_VALUE)
                        .put("folder", folder.folder().toString())
                        .put("chainId", chain.identity().chainId())
                        .put("genesisHash", chain.identity().genesisHash().toHex());
        var nodes = data.putArray("nodes");
        run.endpoints().forEach(endpoint -> nodes.add(data(endpoint)));
        var accounts = data.putArray("accounts");
        for (var name : Devnet.ACCOUNTS) {
            accounts.addObject().put("name", name).put("address", Devnet.account(name).toString());
        }
        data.set("block", chain.head().node());
        var where = processes ? " in processes of their own" : " in one process";
        var sheet =
                Sheet.of(Frame.NO_VALUE + ": " + validators + " validators" + where)
                        .table(
                                List.of("node", "json-rpc", "p2p"),
                                run.endpoints().stream()
                                        .map(node ->
                                                List.of(node.name(), node.rpcUrl(), node.p2p()))
                                        .toList())
                        .row("accounts", String.join(" ", Devnet.ACCOUNTS))
                        .row("folder", folder.folder().toString())
                        .row("block " + chain.height(), chain.head().text("blockId"))
                        .line("Ctrl-C stops it; the next start goes on from here.");
        return Report.of(data, sheet, chain.tip());
    }

    private static ObjectNode data(DevnetRun.Endpoint endpoint) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", endpoint.name())
                .put("rpc", endpoint.rpcUrl())
                .put("p2p", endpoint.p2p())
                .put("home", endpoint.home().folder().toString());
    }
}
