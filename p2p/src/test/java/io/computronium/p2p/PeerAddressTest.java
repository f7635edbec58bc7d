package io.computronium.p2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.computronium.primitives.NodeId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerAddressTest {

    private static final String ID = "0123456789abcdef0123456789abcdef01234567";

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:7400", "validator.example:1", "[2001:db8::1]:65535"})
    void textComesBackAsItWas(String place) {
        PeerAddress address = PeerAddress.parse(ID + "@" + place);
        assertEquals(NodeId.ofHex(ID), address.id());
        assertEquals(ID + "@" + place, address.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:7400",
                "00@127.0.0.1:7400",
                ID + "@127.0.0.1",
                ID + "@:7400",
                ID + "@host:0",
                ID + "@host:65536",
                ID + "@host:port"
            })
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> PeerAddress.parse(text));
    }
}
