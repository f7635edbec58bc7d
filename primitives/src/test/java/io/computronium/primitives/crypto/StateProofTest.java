package io.computronium.primitives.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.crypto.StateProof.End;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateProofTest {

    private static final Hash VALUE = StateHashing.valueHash(bytes("value"));

    @Test
    void treesOfFewKeysAreWhatTheDefinitionSays() {
        var low = Hash.ofHex("00" + "11".repeat(31));
        var high = Hash.ofHex("80" + "22".repeat(31));
        var higher = Hash.ofHex("c0" + "33".repeat(31));
        var empty = new ReferenceStateTree();
        assertEquals(Hash.ZERO, empty.root());
        assertEquals(
                StateHashing.leaf(low, VALUE),
                new ReferenceStateTree().putHashes(low, VALUE).root());
        var lows = StateHashing.leaf(low, VALUE);
        var highs =
                StateHashing.inner(
                        StateHashing.leaf(high, VALUE), StateHashing.leaf(higher, VALUE));
        assertEquals(
                StateHashing.inner(lows, highs),
                new ReferenceStateTree()
                        .putHashes(low, VALUE)
                        .putHashes(high, VALUE)
                        .putHashes(higher, VALUE)
                        .root());
        assertEquals(
                StateHashing.inner(Hash.ZERO, highs),
                new ReferenceStateTree().putHashes(high, VALUE).putHashes(higher, VALUE).root());
    }

    @Test
    void everyKeyIsPresentAndEveryOtherAbsent() {
        for (int size : new int[] {0, 1, 2, 3, 8, 60}) {
            var tree = tree(size);
            var root = tree.root();
            for (int i = 0; i < 80; i++) {
                var name = size + " keys, key " + i;
                var proof = tree.prove(StateHashing.keyHash(key(i)));
                boolean present = i < size;
                assertEquals(present, proof.verifyPresence(root, key(i), value(i)), name);
                assertEquals(!present, proof.verifyAbsence(root, key(i)), name);
                assertFalse(proof.verifyPresence(root, key(i), value(i + 1)), name);
                assertFalse(proof.verifyPresence(Hash.ofHex("01".repeat(32)), key(i), value(i)));
                assertFalse(proof.verifyAbsence(Hash.ofHex("01".repeat(32)), key(i)));
            }
        }
    }

    /** No proof made for one key shows anything false about another. */
    @Test
    void aProofServesOtherKeysOnlyForWhatIsTrue() {
        var tree = tree(20);
        var root = tree.root();
        for (int proven = 0; proven < 40; proven++) {
            var proof = tree.prove(StateHashing.keyHash(key(proven)));
            for (int claimed = 0; claimed < 40; claimed++) {
                boolean present = claimed < 20;
                var name = "proof of " + proven + " for " + claimed;
                assertTrue(
                        present || !proof.verifyPresence(root, key(claimed), value(claimed)), name);
                assertTrue(!present || !proof.verifyAbsence(root, key(claimed)), name);
            }
        }
    }

    @Test
    void aChangedSiblingOrEndProvesNothing() {
        var tree = tree(30);
        var root = tree.root();
        for (int i = 25; i < 35; i++) {
            var proof = tree.prove(StateHashing.keyHash(key(i)));
            for (int s = 0; s < proof.siblings().size(); s++) {
                var siblings = new ArrayList<>(proof.siblings());
                siblings.set(s, Hash.ofHex("77".repeat(32)));
                assertProvesNothing(new StateProof(siblings, proof.end()), root, i);
                siblings.remove(s);
                assertProvesNothing(new StateProof(siblings, proof.end()), root, i);
                var cut = new StateProof(proof.siblings().subList(0, s), proof.end());
                assertProvesNothing(cut, root, i);
            }
            var longer = new ArrayList<>(proof.siblings());
            longer.add(Hash.ZERO);
            assertProvesNothing(new StateProof(longer, proof.end()), root, i);
            var other =
                    proof.end() instanceof End.Empty()
                            ? new End.Leaf(StateHashing.keyHash(key(i)), VALUE)
                            : new End.Empty();
            assertProvesNothing(new StateProof(proof.siblings(), other), root, i);
        }
    }

    /** The classic forgery of absence: a leaf shown on a path that it does not belong on. */
    @Test
    void aLeafFromElsewhereExcludesNothing() {
        var victim = StateHashing.keyHash(key(0));
        assertFalse(oneSiblingAndLeaf(victim, flipped(victim, 0)));
        assertTrue(oneSiblingAndLeaf(victim, flipped(victim, 1)), "a true neighbour does");
    }

    /** Whether a leaf under one sibling, on the victim's path, proves the victim's absence. */
    private static boolean oneSiblingAndLeaf(Hash victim, Hash leafKey) {
        var sibling = Hash.ofHex("55".repeat(32));
        var leaf = StateHashing.leaf(leafKey, VALUE);
        var root =
                StateHashing.goesRight(victim, 0)
                        ? StateHashing.inner(sibling, leaf)
                        : StateHashing.inner(leaf, sibling);
        return new StateProof(List.of(sibling), new End.Leaf(leafKey, VALUE))
                .verifyAbsence(root, key(0));
    }

    @Test
    void theKeysOwnLeafIsNoProofOfAbsence() {
        var tree = tree(1);
        var proof = tree.prove(StateHashing.keyHash(key(0)));
        assertFalse(proof.verifyAbsence(tree.root(), key(0)));
        var otherValue = new End.Leaf(StateHashing.keyHash(key(0)), VALUE);
        var root = StateHashing.leaf(otherValue.keyHash(), VALUE);
        assertFalse(new StateProof(List.of(), otherValue).verifyAbsence(root, key(0)));
    }

    @Test
    void keysThatDifferInTheLastBitArePathsOfFullLength() {
        var key = StateHashing.keyHash(key(0));
        var twin = flipped(key, 255);
        assertEquals(255, StateHashing.sharedDepth(key, twin));
        var tree =
                new ReferenceStateTree()
                        .putHashes(key, StateHashing.valueHash(value(0)))
                        .putHashes(twin, VALUE);
        var proof = tree.prove(key);
        assertEquals(StateHashing.MAX_DEPTH, proof.siblings().size());
        assertTrue(proof.verifyPresence(tree.root(), key(0), value(0)));
        assertFalse(proof.verifyAbsence(tree.root(), key(0)));
        // The longest path leaves no room for another leaf, only for an empty end.
        var onlyTwin = new ReferenceStateTree().putHashes(twin, VALUE);
        assertTrue(onlyTwin.prove(key).verifyAbsence(onlyTwin.root(), key(0)));
    }

    @Test
    void moreSiblingsThanBitsAreMalformed() {
        var tooMany = Collections.nCopies(257, Hash.ZERO);
        assertThrows(MalformedDataException.class, () -> new StateProof(tooMany, new End.Empty()));
        assertFalse(
                new StateProof(tooMany.subList(0, 256), new End.Empty())
                        .verifyAbsence(Hash.ZERO, key(0)));
    }

    @Test
    void pathsReadTheHighestBitFirst() {
        var hash = Hash.ofHex("a5" + "00".repeat(30) + "01");
        var path = new StringBuilder();
        for (int depth = 0; depth < 8; depth++) {
            path.append(StateHashing.goesRight(hash, depth) ? '1' : '0');
        }
        assertEquals("10100101", path.toString());
        assertTrue(StateHashing.goesRight(hash, 255));
        assertFalse(StateHashing.goesRight(hash, 254));
        assertEquals(0, StateHashing.sharedDepth(hash, Hash.ZERO));
        assertEquals(2, StateHashing.sharedDepth(hash, Hash.ofHex("80" + "00".repeat(31))));
        assertEquals(256, StateHashing.sharedDepth(hash, hash));
    }

    private static void assertProvesNothing(StateProof proof, Hash root, int key) {
        assertFalse(proof.verifyPresence(root, key(key), value(key)));
        assertFalse(proof.verifyAbsence(root, key(key)));
    }

    private static Hash flipped(Hash hash, int bit) {
        var bytes = hash.toArray();
        bytes[bit / 8] ^= (byte) (0x80 >> bit % 8);
        return Hash.of(bytes);
    }

    private static ReferenceStateTree tree(int size) {
        var tree = new ReferenceStateTree();
        for (int i = 0; i < size; i++) {
            tree.put(key(i), value(i));
        }
        return tree;
    }

    private static byte[] key(int i) {
        return bytes("key " + i);
    }

    private static byte[] value(int i) {
        return bytes("value " + i);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
