package io.computronium.p2p;

import java.time.Duration;

/**
 * The bounds of a network. Static peers are exempt from {@link Admission}, by address, since at
 * that point it is all that is known of a caller.
 *
 * @param admission who is let in, checked before the handshake
 * @param timing deadlines and intervals
 * @param staticBytesPerSecond read from a static peer; what is over it waits in TCP
 * @param otherBytesPerSecond read from any other peer
 */
public record PeerLimits(
        Admission admission, Timing timing, int staticBytesPerSecond, int otherBytesPerSecond) {

    public static final PeerLimits DEFAULT =
            new PeerLimits(Admission.DEFAULT, Timing.DEFAULT, 32 << 20, 8 << 20);

    /**
     * Most connections from nodes that are not static peers.
     *
     * @param total in all
     * @param perAddress from one address
     * @param perSubnet from one /24 (IPv4) or /48 (IPv6)
     * @param handshakes that have not said Hello yet
     */
    public record Admission(int total, int perAddress, int perSubnet, int handshakes) {
        public static final Admission DEFAULT = new Admission(200, 4, 16, 64);
    }

    /**
     * @param hello from the connection to the peer's Hello
     * @param ping sent when nothing else was for so long
     * @param silence after which a peer is given up
     * @param redialFirst wait before the second dial of a static peer; doubles from then on
     * @param redialLast the longest wait
     */
    public record Timing(
            Duration hello,
            Duration ping,
            Duration silence,
            Duration redialFirst,
            Duration redialLast) {
        public static final Timing DEFAULT =
                new Timing(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(5));
    }

    public PeerLimits withAdmission(Admission changed) {
        return new PeerLimits(changed, timing, staticBytesPerSecond, otherBytesPerSecond);
    }

    public PeerLimits withTiming(Timing changed) {
        return new PeerLimits(admission, changed, staticBytesPerSecond, otherBytesPerSecond);
    }
}
