package io.computronium.node.rpc;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of others from using the node through the browser of someone who may: by the
 * header {@code Host} a page that made its own name point here (DNS rebinding), by {@code Origin}
 * any other.
 */
final class AccessGuard {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private final Set<String> hosts;
    private final Set<String> origins;

    AccessGuard(RpcConfig config) {
        hosts = new HashSet<>(LOOPBACK);
        hosts.addAll(config.hosts());
        var listening = config.address().getAddress();
        if (listening != null && !listening.isAnyLocalAddress()) {
            hosts.add(listening.getHostAddress());
        }
        origins = config.origins();
    }

    /** Whether a request with this header {@code Host} was meant for this node. */
    boolean admitsHost(@Nullable String host) {
        return host != null && hosts.contains(withoutPort(host));
    }

    /** Whether a page of this origin may ask; no origin: no page. */
    boolean admitsOrigin(@Nullable String origin) {
        return origin == null || origins.contains(origin) || isOurs(origin);
    }

    private boolean isOurs(String origin) {
        try {
            var uri = URI.create(origin);
            var host = uri.getHost();
            return host != null && hosts.contains(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        return PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
    }
}
