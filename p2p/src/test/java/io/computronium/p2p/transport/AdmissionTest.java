package io.computronium.p2p.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.computronium.p2p.PeerLimits;
import io.computronium.p2p.Rejection;
import io.computronium.p2p.transport.Admission.Entry.Place;
import io.computronium.p2p.transport.Admission.Entry.Refused;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AdmissionTest {

    private static final int NO_STATIC_PEERS = 0;

    private static Admission admission(int total, int perAddress, int perSubnet, int handshakes) {
        return new Admission(
                new PeerLimits.Admission(total, perAddress, perSubnet, handshakes),
                NO_STATIC_PEERS);
    }

    private static Place enter(Admission admission, String address) {
        return assertInstanceOf(Place.class, admission.enter(InetAddress.ofLiteral(address)));
    }

    private static void refuse(Admission admission, String address, Rejection rejection) {
        assertEquals(new Refused(rejection), admission.enter(InetAddress.ofLiteral(address)));
    }

    @Test
    void addressesHaveTheirShare() {
        Admission admission = admission(100, 2, 100, 100);
        Place first = enter(admission, "10.0.0.1");
        enter(admission, "10.0.0.1");
        refuse(admission, "10.0.0.1", Rejection.ADDRESS);
        enter(admission, "10.0.0.2");
        first.leave();
        enter(admission, "10.0.0.1");
        refuse(admission, "10.0.0.1", Rejection.ADDRESS);
    }

    @Test
    void aSubnetIs24BitsOr48() {
        Admission admission = admission(100, 100, 2, 100);
        enter(admission, "10.0.0.1");
        enter(admission, "10.0.0.255");
        refuse(admission, "10.0.0.7", Rejection.ADDRESS);
        enter(admission, "10.0.1.1");
        enter(admission, "2001:db8:7:1::1");
        enter(admission, "2001:db8:7:2::1");
        refuse(admission, "2001:db8:7:3::1", Rejection.ADDRESS);
        enter(admission, "2001:db8:8::1");
    }

    @Test
    void aGreetedPeerIsNoHandshakeAnyMore() {
        Admission admission = admission(100, 100, 100, 1);
        Place first = enter(admission, "10.0.0.1");
        refuse(admission, "10.0.0.2", Rejection.HANDSHAKES);
        first.greet();
        first.greet();
        Place second = enter(admission, "10.0.0.2");
        refuse(admission, "10.0.0.3", Rejection.HANDSHAKES);
        second.leave();
        first.leave();
        enter(admission, "10.0.0.3");
        refuse(admission, "10.0.0.4", Rejection.HANDSHAKES);
    }

    @Test
    void thereIsAnEndToConnections() {
        Admission admission = admission(2, 100, 100, 100);
        enter(admission, "10.0.0.1");
        enter(admission, "10.1.0.1");
        refuse(admission, "10.2.0.1", Rejection.CONNECTIONS);
    }

    @Test
    void strangersCannotTakeTheLastPlaceOfAStaticPeer() {
        var none = new PeerLimits.Admission(1, 1, 1, 1);
        var admission = new Admission(none, 1);
        admission.addStatic(InetAddress.ofLiteral("10.0.0.1"));
        enter(admission, "10.9.9.9");
        refuse(admission, "10.8.8.8", Rejection.CONNECTIONS);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            places.add(enter(admission, "10.0.0.1"));
        }
        refuse(admission, "10.0.0.1", Rejection.CONNECTIONS);
        places.getFirst().leave();
        enter(admission, "10.0.0.1");
    }

    /** After any history, with everybody gone, there is as much room as at the start. */
    @Test
    void nothingIsForgotten() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            Admission admission = new Admission(new PeerLimits.Admission(6, 2, 3, 4), 1);
            admission.addStatic(InetAddress.ofLiteral("10.0.0.0"));
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int what = random.nextInt(3);
                if (what == 0 && !places.isEmpty()) {
                    places.remove(random.nextInt(places.size())).leave();
                } else if (what == 1 && !places.isEmpty()) {
                    places.get(random.nextInt(places.size())).greet();
                } else {
                    String address = "10.0.%d.%d".formatted(random.nextInt(3), random.nextInt(3));
                    if (admission.enter(InetAddress.ofLiteral(address)) instanceof Place place) {
                        places.add(place);
                    }
                }
            }
            places.forEach(Place::leave);
            String where = "seed " + seed;
            int entered = 0;
            for (int i = 0; i < 20; i++) {
                String address = "10.%d.0.1".formatted(1 + i);
                entered += admission.enter(InetAddress.ofLiteral(address)) instanceof Place ? 1 : 0;
            }
            assertEquals(4, entered, where);
        }
    }
}
