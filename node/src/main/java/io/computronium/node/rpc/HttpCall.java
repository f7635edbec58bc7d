package io.computronium.node.rpc;

import org.jspecify.annotations.Nullable;

/** A whole HTTP request, out of the hands of the network. */
final class HttpCall {

    final String method;
    final String uri;
    final @Nullable String host;
    final @Nullable String origin;
    final byte[] body;

    /** Takes the array over. */
    HttpCall(
            String method,
            String uri,
            @Nullable String host,
            @Nullable String origin,
            byte[] body) {
        this.method = method;
        this.uri = uri;
        this.host = host;
        this.origin = origin;
        this.body = body;
    }
}
