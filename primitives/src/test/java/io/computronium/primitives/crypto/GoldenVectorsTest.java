package io.computronium.primitives.crypto;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.primitives.Address;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our own vectors for hashes, addresses and trees: what another implementation must reproduce. */
class GoldenVectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void hashes() {
        var document =
                document(
                        "SHA-256 of the domain's byte and then of the parts, one after the other.");
        var cases = document.putArray("cases");
        for (var domain : Domain.values()) {
            for (var parts : List.of(List.of(""), List.of("616263"), List.of("00", "", "ff01"))) {
                var vector = cases.addObject();
                vector.put("domain", domain.name());
                vector.put("domainByte", HEX.toHexDigits(domain.code()));
                var list = vector.putArray("parts");
                parts.forEach(list::add);
                var bytes = parts.stream().map(HEX::parseHex).toArray(byte[][]::new);
                vector.put("hash", Sha256.hash(domain, bytes).toHex());
            }
        }
        Vectors.assertGolden("hash.json", document);
    }

    @Test
    void addresses() {
        var document =
                document(
                        "c32check text of version and 20 bytes (SIP-005). Of a key the 20 bytes are"
                                + " RIPEMD-160 of SHA-256, and its node id the first 20 bytes of"
                                + " SHA-256. Invalid texts must be refused.");
        var addresses = document.putArray("addresses");
        for (var hash :
                List.of(
                        "0000000000000000000000000000000000000000",
                        "0000000000000000000000000000000000000001",
                        "00000000000000000000ffffffffffffffffffff",
                        "0100000000000000000000000000000000000000",
                        "a46ff88886c2ef9762d970b4d2c63678835bd39d",
                        "ffffffffffffffffffffffffffffffffffffffff")) {
            for (int version : new int[] {0, 10, 11, 12, 13, 20, 21, 22, 26, 31}) {
                var vector = addresses.addObject();
                vector.put("version", version);
                vector.put("hash160", hash);
                vector.put("text", Address.of(version, HEX.parseHex(hash)).toString());
            }
        }
        var principals = document.putArray("principals");
        for (var text :
                List.of("SD000000000000000000003EFWXZ", "SD000000000000000000003EFWXZ.pay-2")) {
            var vector = principals.addObject();
            vector.put("text", text);
            vector.put("bytes", Principal.parse(text).toBytes().toHex());
        }
        var keys = document.putArray("keys");
        for (int i = 0; i < 4; i++) {
            var seed = Sha256.hash(Domain.STATE_KEY, new byte[] {(byte) i});
            var pair = KeyPair.fromSeed(seed.toArray());
            addKey(keys.addObject(), seed, pair.publicKey());
        }
        var invalid = document.putArray("invalid");
        for (var text :
                List.of(
                        "",
                        "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ8",
                        "SP2j6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7",
                        "SCO0000000000000000000ERBZ0J",
                        "SC0000000000000000000ERBZ0J",
                        "SC000000000000000000000ERBZ0J")) {
            assertThrows(MalformedDataException.class, () -> Address.parse(text));
            invalid.add(text);
        }
        Vectors.assertGolden("address.json", document);
    }

    private static void addKey(ObjectNode vector, Hash seed, PublicKey key) {
        vector.put("seed", seed.toHex());
        vector.put("publicKey", key.toHex());
        vector.put("mainnet", Hash160.address(AddressVersions.MAINNET.key(), key).toString());
        vector.put("otherNetworks", Hash160.address(AddressVersions.TESTNET.key(), key).toString());
        vector.put("nodeId", NodeId.ofKey(key).toHex());
    }

    @Test
    void merkleTrees() {
        var document =
                document(
                        "Merkle trees of RFC 6962 with SHA-256: root over the entries, and for"
                                + " every entry its siblings from the leaf upwards.");
        var cases = document.putArray("cases");
        for (int size : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 13}) {
            var entries = new ArrayList<byte[]>();
            for (int i = 0; i < size; i++) {
                entries.add(("entry " + i).getBytes(StandardCharsets.UTF_8));
            }
            var tree = MerkleTree.of(entries);
            var vector = cases.addObject();
            var list = vector.putArray("entries");
            entries.forEach(entry -> list.add(HEX.formatHex(entry)));
            vector.put("root", tree.root().toHex());
            var proofs = vector.putArray("proofs");
            for (int i = 0; i < size; i++) {
                var siblings = proofs.addArray();
                tree.proof(i).siblings().forEach(sibling -> siblings.add(sibling.toHex()));
            }
        }
        Vectors.assertGolden("merkle.json", document);
    }

    @Test
    void stateProofs() {
        var document =
                document(
                        "The state as a sparse Merkle tree: root over the entries, and proofs with"
                                + " siblings from the root's child downwards and the leaf at the"
                                + " path's end (null if there is none). A proof without a value is"
                                + " one of absence.");
        var cases = document.putArray("cases");
        for (int size : new int[] {0, 1, 2, 3, 10}) {
            var tree = new ReferenceStateTree();
            var vector = cases.addObject();
            var entries = vector.putArray("entries");
            for (int i = 0; i < size; i++) {
                tree.put(key(i), value(i));
                var entry = entries.addObject();
                entry.put("key", HEX.formatHex(key(i)));
                entry.put("value", HEX.formatHex(value(i)));
            }
            vector.put("root", tree.root().toHex());
            var proofs = vector.putArray("proofs");
            for (int i = 0; i < size + 3; i++) {
                addProof(proofs.addObject(), tree, i, i < size);
            }
        }
        Vectors.assertGolden("state-proof.json", document);
    }

    private static void addProof(
            ObjectNode vector, ReferenceStateTree tree, int number, boolean present) {
        var proof = tree.prove(StateHashing.keyHash(key(number)));
        vector.put("key", HEX.formatHex(key(number)));
        if (present) {
            vector.put("value", HEX.formatHex(value(number)));
        }
        var siblings = vector.putArray("siblings");
        proof.siblings().forEach(sibling -> siblings.add(sibling.toHex()));
        switch (proof.end()) {
            case StateProof.End.Empty() -> vector.putNull("leaf");
            case StateProof.End.Leaf(var keyHash, var valueHash) -> {
                var leaf = vector.putObject("leaf");
                leaf.put("keyHash", keyHash.toHex());
                leaf.put("valueHash", valueHash.toHex());
            }
        }
    }

    private static byte[] key(int i) {
        return ("key " + i).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] value(int i) {
        return ("value " + i).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode document(String description) {
        var document = JsonNodeFactory.instance.objectNode();
        document.put("description", description);
        return document;
    }
}
