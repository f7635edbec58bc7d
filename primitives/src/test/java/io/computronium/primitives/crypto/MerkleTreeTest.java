package io.computronium.primitives.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {

    /** The entries on which implementations of Certificate Transparency test each other. */
    private static final List<byte[]> ENTRIES =
            List.of(
                    hex(""),
                    hex("00"),
                    hex("10"),
                    hex("2021"),
                    hex("3031"),
                    hex("40414243"),
                    hex("5051525354555657"),
                    hex("606162636465666768696a6b6c6d6e6f"));

    /** Roots over the first 0 to 8 of these (google/certificate-transparency, merkle_tree_test). */
    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void hasTheRootsOfCertificateTransparency(int size, String root) {
        assertEquals(root, MerkleTree.root(ENTRIES.subList(0, size)).toHex());
    }

    /** Paths of the same source, in its order. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, ''",
        "0, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        "5, 8, bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
                + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
                + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "2, 3, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "1, 5, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
                + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
                + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    })
    void hasThePathsOfCertificateTransparency(int index, int size, String siblings) {
        var proof = MerkleTree.of(ENTRIES.subList(0, size)).proof(index);
        var words = new ArrayList<String>();
        proof.siblings().forEach(sibling -> words.add(sibling.toHex()));
        assertEquals(siblings, String.join(" ", words));
    }

    /** Against the recursive definition of RFC 6962, for every shape up to 130 entries. */
    @Test
    void isTheTreeOfTheRfc() {
        var entries = numbers(130);
        for (int size = 0; size <= entries.size(); size++) {
            var some = entries.subList(0, size);
            assertEquals(rfcRoot(some), MerkleTree.root(some), "size " + size);
        }
    }

    @Test
    void everyEntryIsProvenAtItsPlaceAndNowhereElse() {
        for (int size = 1; size <= 40; size++) {
            var entries = numbers(size);
            var tree = MerkleTree.of(entries);
            assertEquals(size, tree.size());
            for (int index = 0; index < size; index++) {
                var proof = tree.proof(index);
                for (int claimed = 0; claimed < size; claimed++) {
                    assertEquals(
                            claimed == index,
                            proof.verify(tree.root(), entries.get(claimed)),
                            size + ": entry " + claimed + " by the proof of " + index);
                }
            }
        }
    }

    @Test
    void aProofWithAnythingChangedProvesNothing() {
        var entries = numbers(21);
        var tree = MerkleTree.of(entries);
        for (int index = 0; index < 21; index++) {
            var proof = tree.proof(index);
            for (int i = 0; i < proof.siblings().size(); i++) {
                var siblings = new ArrayList<>(proof.siblings());
                siblings.set(i, Hash.ZERO);
                var changed = new MerkleProof(index, 21, siblings);
                assertFalse(changed.verify(tree.root(), entries.get(index)));
            }
            assertFalse(proof.verify(Hash.ZERO, entries.get(index)));
            for (int other = 0; other < 21; other++) {
                if (other != index
                        && tree.proof(other).siblings().size() == proof.siblings().size()) {
                    var moved = new MerkleProof(other, 21, proof.siblings());
                    assertFalse(moved.verify(tree.root(), entries.get(index)));
                }
            }
        }
    }

    @Test
    void aPathOfAnotherLengthIsMalformed() {
        var proof = MerkleTree.of(numbers(21)).proof(20);
        var shorter = proof.siblings().subList(1, proof.siblings().size());
        var longer = new ArrayList<>(proof.siblings());
        longer.add(Hash.ZERO);
        assertThrows(MalformedDataException.class, () -> new MerkleProof(20, 21, shorter));
        assertThrows(MalformedDataException.class, () -> new MerkleProof(20, 21, longer));
        // The largest list there can be asks for 31 siblings, whatever is sent.
        var endless = Collections.nCopies(32, Hash.ZERO);
        assertThrows(
                MalformedDataException.class, () -> new MerkleProof(0, Integer.MAX_VALUE, endless));
        assertFalse(
                new MerkleProof(0, Integer.MAX_VALUE, endless.subList(0, 31))
                        .verify(Hash.ZERO, new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 21, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aPlaceOutsideTheListIsRefused(int index) {
        var tree = MerkleTree.of(numbers(21));
        assertThrows(IndexOutOfBoundsException.class, () -> tree.proof(index));
        assertThrows(MalformedDataException.class, () -> new MerkleProof(index, 21, List.of()));
    }

    @Test
    void anInnerNodeIsNoEntry() {
        var entries = numbers(2);
        var tree = MerkleTree.of(entries);
        var left = Sha256.hash(Domain.MERKLE_LEAF, entries.get(0)).toArray();
        var right = Sha256.hash(Domain.MERKLE_LEAF, entries.get(1)).toArray();
        var both = new byte[64];
        System.arraycopy(left, 0, both, 0, 32);
        System.arraycopy(right, 0, both, 32, 32);
        assertFalse(new MerkleProof(0, 1, List.of()).verify(tree.root(), both));
    }

    @Test
    void hashesAreEntriesLikeAnyOther() {
        var hashes = new ArrayList<Hash>();
        var entries = new ArrayList<byte[]>();
        for (int i = 0; i < 11; i++) {
            hashes.add(Sha256.hash(Domain.WIRE, new byte[] {(byte) i}));
            entries.add(hashes.getLast().toArray());
        }
        assertEquals(MerkleTree.root(entries), MerkleTree.rootOfHashes(hashes));
        var tree = MerkleTree.ofHashes(hashes);
        assertTrue(tree.proof(7).verify(tree.root(), hashes.get(7)));
        assertTrue(tree.proof(7).verify(tree.root(), entries.get(7)));
        assertFalse(tree.proof(7).verify(tree.root(), hashes.get(6)));
    }

    /** MTH of RFC 6962, section 2.1, word for word. */
    private static Hash rfcRoot(List<byte[]> entries) {
        int size = entries.size();
        if (size <= 1) {
            return size == 0
                    ? Hash.of(Sha256.plain(new byte[0]))
                    : Sha256.hash(Domain.MERKLE_LEAF, entries.getFirst());
        }
        int k = Integer.highestOneBit(size - 1);
        return Sha256.hash(
                Domain.MERKLE_INNER,
                rfcRoot(entries.subList(0, k)),
                rfcRoot(entries.subList(k, size)));
    }

    private static List<byte[]> numbers(int count) {
        var entries = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            entries.add(new byte[] {(byte) i, 1});
        }
        return entries;
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
