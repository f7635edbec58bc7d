package io.computronium.p2p.transport;

import io.computronium.p2p.PeerLimits;
import io.computronium.p2p.Rejection;
import io.computronium.primitives.Bytes;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts inbound connections from the moment they are accepted, before any work is done for them.
 * An address of a static peer has places of its own, {@value #PLACES_PER_STATIC_PEER} for each such
 * peer in all, and takes those that are for everybody once they are gone: strangers cannot keep a
 * validator out, and four nodes can share one address. For the loop alone.
 */
final class Admission {

    private static final int PLACES_PER_STATIC_PEER = 8;
    private static final int SUBNET_BYTES_IPV4 = 3;
    private static final int SUBNET_BYTES_IPV6 = 6;

    private final PeerLimits.Admission limits;
    private final int staticPlaces;
    private final Set<InetAddress> staticAddresses = new HashSet<>();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private final Map<Bytes, Integer> perSubnet = new HashMap<>();
    private int fromStatic;
    private int total;
    private int handshakes;

    Admission(PeerLimits.Admission limits, int staticPeers) {
        this.limits = limits;
        this.staticPlaces = PLACES_PER_STATIC_PEER * staticPeers;
    }

    /**
     * Every address that a static peer was found at counts, since it may come back from an old one.
     */
    void addStatic(InetAddress address) {
        if (staticAddresses.size() < staticPlaces) {
            staticAddresses.add(address);
        }
    }

    /** The outcome of {@link #enter}. */
    sealed interface Entry {
        record Refused(Rejection rejection) implements Entry {}

        /** One connection's place; it must be left exactly once. */
        final class Place implements Entry {
            private final Admission admission;
            private final InetAddress address;
            private final boolean isStatic;
            private boolean greeted;

            private Place(Admission admission, InetAddress address, boolean isStatic) {
                this.admission = admission;
                this.address = address;
                this.isStatic = isStatic;
            }

            /** The peer has said Hello. */
            void greet() {
                if (!greeted && !isStatic) {
                    admission.handshakes--;
                }
                greeted = true;
            }

            void leave() {
                greet();
                admission.leave(this);
            }
        }
    }

    /** Gives a connection a place if there is one. */
    Entry enter(InetAddress address) {
        if (staticAddresses.contains(address) && fromStatic < staticPlaces) {
            fromStatic++;
            return new Entry.Place(this, address, true);
        }
        Rejection rejection = rejection(address);
        if (rejection != null) {
            return new Entry.Refused(rejection);
        }
        total++;
        handshakes++;
        perAddress.merge(address, 1, Integer::sum);
        perSubnet.merge(subnet(address), 1, Integer::sum);
        return new Entry.Place(this, address, false);
    }

    private @Nullable Rejection rejection(InetAddress address) {
        if (total >= limits.total()) {
            return Rejection.CONNECTIONS;
        }
        if (perAddress.getOrDefault(address, 0) >= limits.perAddress()
                || perSubnet.getOrDefault(subnet(address), 0) >= limits.perSubnet()) {
            return Rejection.ADDRESS;
        }
        return handshakes >= limits.handshakes() ? Rejection.HANDSHAKES : null;
    }

    private void leave(Entry.Place place) {
        if (place.isStatic) {
            fromStatic--;
            return;
        }
        total--;
        perAddress.computeIfPresent(place.address, Admission::oneLess);
        perSubnet.computeIfPresent(subnet(place.address), Admission::oneLess);
    }

    private static <K> @Nullable Integer oneLess(K key, int count) {
        return count == 1 ? null : count - 1;
    }

    private static Bytes subnet(InetAddress address) {
        int length = address instanceof Inet4Address ? SUBNET_BYTES_IPV4 : SUBNET_BYTES_IPV6;
        return Bytes.owned(Arrays.copyOf(address.getAddress(), length));
    }
}
