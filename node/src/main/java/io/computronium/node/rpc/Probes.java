package io.computronium.node.rpc;

import io.computronium.node.rpc.NodeReads.PeerView;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What operators and their machines ask: is it alive, is it ready. */
final class Probes {

    private static final Param<Integer> MIN_PEERS =
            Param.integer("minPeers", "the fewest peers", 0, 10_000).optional();
    private static final Param<Integer> MAX_LAG =
            Param.integer("maxLag", "the most heights behind the best peer", 0, 1_000_000)
                    .optional();
    private static final Param<String> VERBOSE =
            Param.text("verbose", "present or not", text -> text).optional();

    /** The parameters of {@code /readyz}. */
    static final ParamsCodec<Demand> DEMAND =
            new ParamsCodec<>(
                    List.of(MIN_PEERS, MAX_LAG, VERBOSE),
                    arguments ->
                            new Demand(
                                    arguments.find(MIN_PEERS).orElse(0),
                                    arguments.find(MAX_LAG).orElse(5),
                                    arguments
                                            .find(VERBOSE)
                                            .filter(text -> !text.equals("false"))
                                            .isPresent()));

    /** What readiness takes. */
    record Demand(int minPeers, int maxLag, boolean verbose) {}

    private record Check(String name, boolean passed, String found) {
        @Override
        public String toString() {
            return (passed ? "[+] " : "[-] ") + name + ": " + found;
        }
    }

    private final ChainReads chain;
    private final NodeReads node;

    Probes(ChainReads chain, NodeReads node) {
        this.chain = chain;
        this.node = node;
    }

    HttpReply live() {
        return node.status().running() ? HttpReply.text(200, "ok") : HttpReply.text(503, "stopped");
    }

    HttpReply ready(Demand demand) {
        var peers = node.peers();
        var status = node.status();
        long height = chain.head().height();
        long best = peers.stream().mapToLong(PeerView::height).max().orElse(height);
        long lag = Math.max(0, best - height);
        var checks =
                List.of(
                        new Check("running", status.running(), "" + status.running()),
                        new Check("synced", !status.syncing(), "" + !status.syncing()),
                        new Check(
                                "peers",
                                peers.size() >= demand.minPeers,
                                "%d of %d".formatted(peers.size(), demand.minPeers)),
                        new Check(
                                "lag",
                                lag <= demand.maxLag,
                                "%d of at most %d".formatted(lag, demand.maxLag)));
        boolean passed = checks.stream().allMatch(Check::passed);
        var verdict = passed ? "ok" : "not ready";
        var lines = Stream.concat(checks.stream().map(Check::toString), Stream.of(verdict));
        return HttpReply.text(
                passed ? 200 : 503,
                demand.verbose ? lines.collect(Collectors.joining("\n")) : verdict);
    }

    HttpReply version() {
        return HttpReply.json(200, Json.object().put("version", node.status().version()));
    }
}
