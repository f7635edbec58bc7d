package io.computronium.p2p.transport;

import io.computronium.p2p.PeerListener;
import io.computronium.p2p.PeerNetwork;
import io.computronium.p2p.PeerNetworkConfig;
import java.io.IOException;

/** The {@link PeerNetwork} over TCP and TLS 1.3. */
public final class TlsPeerNetwork {

    private TlsPeerNetwork() {}

    /**
     * Listens and starts dialling.
     *
     * @throws IOException if the address cannot be listened at
     */
    @SuppressWarnings("DoNotCallSuggester") // until the transport is there
    public static PeerNetwork start(PeerNetworkConfig config, PeerListener listener)
            throws IOException {
        throw new IOException(config.name() + listener.status());
    }
}
