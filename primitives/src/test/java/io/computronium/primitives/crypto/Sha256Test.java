package io.computronium.primitives.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

    /** As {@code printf '\x10abc' | sha256sum} prints it. */
    private static final Hash HEADER_ABC =
            Hash.ofHex("2f3980626d475130b6cd1626266e9cdf1ed10985790a9c4c9054ba614707a925");

    @Test
    void everyDomainHasAByteOfItsOwn() {
        var codes = new HashSet<Byte>();
        for (var domain : Domain.values()) {
            codes.add(domain.code());
        }
        assertEquals(Domain.values().length, codes.size());
    }

    /** The order and bytes are frozen: hashes of the chain depend on them. */
    @Test
    void domainsKeepTheirBytes() {
        var codes = new StringBuilder();
        for (var domain : Domain.values()) {
            codes.append(HexFormat.of().toHexDigits(domain.code())).append(' ');
        }
        assertEquals("00 01 02 03 10 11 12 13 14 15 16 17 18 19 1a 1b", codes.toString().strip());
    }

    @Test
    void allFormsHashTheDomainsByteAndThenTheBytes() {
        var abc = new byte[] {'a', 'b', 'c'};
        assertEquals(HEADER_ABC, Sha256.hash(Domain.HEADER, abc));
        assertEquals(
                HEADER_ABC, Sha256.hash(Domain.HEADER, new byte[] {'a'}, new byte[] {'b', 'c'}));
        assertEquals(
                HEADER_ABC, Sha256.hash(Domain.HEADER, Bytes.ofHex("6162"), Bytes.ofHex("63")));
        assertEquals(HEADER_ABC, Sha256.hash(Domain.HEADER, ByteBuffer.wrap(abc)));
        var started = Sha256.start(Domain.HEADER).update(Bytes.ofHex("61"));
        // Hashing in between must not disturb one that is being fed.
        assertNotEquals(HEADER_ABC, Sha256.hash(Domain.WIRE, abc));
        assertEquals(HEADER_ABC, started.update(abc, 1, 1).update(new byte[] {'c'}).finish());
        var target = new byte[40];
        System.arraycopy(abc, 0, target, 2, 3);
        Sha256.hashInto(Domain.HEADER, target, 2, 3, target, 1);
        assertEquals(HEADER_ABC.toHex(), HexFormat.of().formatHex(target, 1, 33));
    }

    @Test
    void aBufferIsLeftWhereItWas() {
        var buffer = ByteBuffer.wrap(new byte[] {'x', 'a', 'b', 'c', 'y'}, 1, 3);
        assertEquals(HEADER_ABC, Sha256.hash(Domain.HEADER, buffer));
        assertEquals(3, buffer.remaining());
        assertEquals(HEADER_ABC, Sha256.hash(Domain.HEADER, buffer.asReadOnlyBuffer()));
    }

    @Test
    void differentDomainsGiveDifferentHashes() {
        var hashes = new HashSet<Hash>();
        for (var domain : Domain.values()) {
            hashes.add(Sha256.hash(domain, new byte[0]));
        }
        assertEquals(Domain.values().length, hashes.size());
    }

    /** hash160 of the secp256k1 generator, the best known of all: Bitcoin's first example key. */
    @Test
    void hash160IsRipemdOfSha() {
        var key = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
        assertEquals(
                "751e76e8199196d454941c45d1b3a323f1433bd6",
                HexFormat.of().formatHex(Hash160.of(HexFormat.of().parseHex(key))));
        var zero = PublicKey.of(new byte[32]);
        assertEquals(
                HexFormat.of().formatHex(Hash160.of(new byte[32])),
                HexFormat.of().formatHex(Hash160.address(13, zero).hash160()));
        assertEquals(13, Hash160.address(13, zero).version());
    }
}
