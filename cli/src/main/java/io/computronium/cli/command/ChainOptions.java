package io.computronium.cli.command;

import io.computronium.cli.rpc.ChainClient;
import io.computronium.cli.rpc.RpcClient;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Shell;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which node to ask. */
final class ChainOptions {

    static final String DEFAULT_URL = "http://127.0.0.1:7300";

    @Option(
            names = "--rpc-url",
            paramLabel = "URL",
            description = "JSON-RPC of the node to ask. Default: CPTM_RPC_URL, else " + DEFAULT_URL)
    private @Nullable String url;

    ChainClient connect(Shell shell) {
        var text = url == null ? shell.variable("CPTM_RPC_URL").orElse(DEFAULT_URL) : url;
        return new ChainClient(new RpcClient(endpoint(text)));
    }

    private static URI endpoint(String text) {
        try {
            var uri = URI.create(text);
            if (uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new Failure(
                ErrorCode.USAGE,
                "'" + text + "' is not the URL of a node",
                "write it like " + DEFAULT_URL);
    }
}
