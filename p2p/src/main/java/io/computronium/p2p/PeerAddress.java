package io.computronium.p2p;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;

/**
 * Where a node listens, and who must answer there.
 *
 * @param host a name or a literal address; names are resolved anew for each dial
 */
public record PeerAddress(String host, int port, NodeId id) {

    public PeerAddress {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("host and port expected: " + host + ":" + port);
        }
    }

    /**
     * The inverse of {@link #toString}; an IPv6 address may be in brackets.
     *
     * @throws IllegalArgumentException if {@code text} is not {@code <id in hex>@<host>:<port>}
     */
    public static PeerAddress parse(String text) {
        int at = text.indexOf('@');
        int colon = text.lastIndexOf(':');
        if (at < 0 || colon < at) {
            throw new IllegalArgumentException("<id>@<host>:<port> expected: " + text);
        }
        String host = text.substring(at + 1, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            NodeId id = NodeId.ofHex(text.substring(0, at));
            return new PeerAddress(host, Integer.parseInt(text.substring(colon + 1)), id);
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException("not a node's id: " + text, e);
        }
    }

    @Override
    public String toString() {
        String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return id + "@" + literal + ":" + port;
    }
}
