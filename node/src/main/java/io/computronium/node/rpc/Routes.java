package io.computronium.node.rpc;

import io.computronium.node.metrics.NodeMetrics;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/** What is where on the port. Called on virtual threads. */
final class Routes {

    private static final String METHODS = "/v1/";

    private final AccessGuard guard;
    private final JsonRpc rpc;
    private final Probes probes;
    private final NodeMetrics metrics;

    Routes(AccessGuard guard, JsonRpc rpc, Probes probes, NodeMetrics metrics) {
        this.guard = guard;
        this.rpc = rpc;
        this.probes = probes;
        this.metrics = metrics;
    }

    HttpReply answer(HttpCall call) throws InterruptedException {
        if (!guard.admitsHost(call.host)) {
            return HttpReply.text(403, "this host name is not served; see the node's rpc.hosts");
        }
        if (!guard.admitsOrigin(call.origin)) {
            return HttpReply.text(403, "this origin may not ask; see the node's rpc.origins");
        }
        try {
            var query = new QueryStringDecoder(call.uri);
            return switch (call.method) {
                case "POST" -> query.path().equals("/") ? post(call.body) : notFound();
                case "GET" -> get(query.path(), query.parameters());
                case "OPTIONS" -> preflight();
                default -> HttpReply.empty(405, Map.of("allow", "GET, POST, OPTIONS"));
            };
        } catch (IllegalArgumentException e) {
            return HttpReply.text(400, "not a request target");
        } catch (RpcError e) {
            return HttpReply.error(e.kind().httpStatus, e);
        }
    }

    private HttpReply post(byte[] body) throws InterruptedException {
        return rpc.answer(body)
                .map(answer -> HttpReply.json(200, answer))
                .orElseGet(() -> HttpReply.empty(204, Map.of()));
    }

    private HttpReply get(String path, Map<String, List<String>> query)
            throws InterruptedException {
        if (path.startsWith(METHODS)) {
            return HttpReply.json(200, rpc.query(path.substring(METHODS.length()), query));
        }
        return switch (path) {
            case "/livez" -> probes.live();
            case "/readyz" -> probes.ready(Probes.DEMAND.decodeQuery(query));
            case "/metrics" -> HttpReply.text(200, NodeMetrics.CONTENT_TYPE, metrics.scrape());
            case "/version" -> probes.version();
            case "/" -> HttpReply.empty(405, Map.of("allow", "POST"));
            default -> notFound();
        };
    }

    private static HttpReply notFound() {
        return HttpReply.text(404, "nothing here; JSON-RPC is at /");
    }

    private static HttpReply preflight() {
        return HttpReply.empty(
                204,
                Map.of(
                        "access-control-allow-methods", "GET, POST",
                        "access-control-allow-headers", "content-type",
                        "access-control-max-age", "600"));
    }
}
