package io.computronium.primitives.bft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.crypto.KeyPair;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatorSetTest {

    private static final ChainIdentity CHAIN =
            new ChainIdentity("cptm-test", Hash.of(new byte[32]));

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "2, 2, 1",
        "3, 3, 1",
        "4, 3, 2",
        "5, 4, 2",
        "6, 5, 2",
        "7, 5, 3",
        "21, 15, 7",
        "100, 67, 34",
    })
    void leastQuorumAndLeastBlockingPower(int size, long quorum, long blocking) {
        ValidatorSet set = equalPowers(size);
        assertFalse(set.isQuorum(quorum - 1));
        assertTrue(set.isQuorum(quorum));
        assertFalse(set.isBlocking(blocking - 1));
        assertTrue(set.isBlocking(blocking));
    }

    /** A power blocks exactly when the rest is no quorum, up to the greatest total. */
    @Test
    void blockingIsWhatLeavesNoQuorum() {
        long seed = Long.getLong("seed", 7L);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            long total = random.nextLong(1, ValidatorSet.MAX_TOTAL_POWER + 1);
            ValidatorSet set = ValidatorSet.of(List.of(new Validator(key(1), total)));
            long power = random.nextLong(0, total + 1);
            assertEquals(
                    !set.isQuorum(total - power),
                    set.isBlocking(power),
                    () -> "seed " + seed + " total " + total + " power " + power);
            assertEquals(
                    BigInteger.valueOf(power)
                                    .multiply(BigInteger.valueOf(3))
                                    .compareTo(BigInteger.valueOf(total).multiply(BigInteger.TWO))
                            > 0,
                    set.isQuorum(power));
        }
    }

    @Test
    void refusesBadSets() {
        assertThrows(MalformedDataException.class, () -> ValidatorSet.of(List.of()));
        var twice = List.of(new Validator(key(1), 1), new Validator(key(1), 2));
        assertThrows(MalformedDataException.class, () -> ValidatorSet.of(twice));
        var tooMuch =
                List.of(
                        new Validator(key(1), ValidatorSet.MAX_TOTAL_POWER),
                        new Validator(key(2), 1));
        assertThrows(MalformedDataException.class, () -> ValidatorSet.of(tooMuch));
        assertThrows(MalformedDataException.class, () -> new Validator(key(1), 0));
        var unsorted = new ArrayList<>(equalPowers(3).validators()).reversed();
        assertThrows(MalformedDataException.class, () -> ValidatorSet.ofSorted(unsorted));
    }

    @Test
    void findsByKeyAndIndex() {
        ValidatorSet set = equalPowers(5);
        for (int i = 0; i < 5; i++) {
            assertEquals(i, set.indexOf(set.get(i).publicKey()).orElseThrow());
        }
        assertTrue(set.indexOf(key(99)).isEmpty());
        assertTrue(set.find(-1).isEmpty());
        assertTrue(set.find(5).isEmpty());
    }

    @Test
    void aCertificateNeedsAQuorumOfGoodSignaturesForOneBlock() {
        List<KeyPair> keys = IntStream.rangeClosed(1, 4).mapToObj(ValidatorSetTest::pair).toList();
        ValidatorSet set =
                ValidatorSet.of(
                        keys.stream().map(pair -> new Validator(pair.publicKey(), 1)).toList());
        Hash id = Hash.of(new byte[32]);

        assertTrue(certificate(set, keys, id, 0b1111).isValid(CHAIN, set, Ed25519::verify));
        assertTrue(certificate(set, keys, id, 0b1101).isValid(CHAIN, set, Ed25519::verify));
        assertFalse(
                certificate(set, keys, id, 0b0101).isValid(CHAIN, set, Ed25519::verify),
                "two of four");

        CommitCertificate good = certificate(set, keys, id, 0b1101);
        var signatures = new ArrayList<>(good.signatures());
        signatures.set(0, signatures.get(1));
        assertFalse(
                with(good, good.signers(), signatures).isValid(CHAIN, set, Ed25519::verify),
                "one repeated");
        var otherChain = new ChainIdentity("cptm-other", Hash.of(new byte[32]));
        assertFalse(good.isValid(otherChain, set, Ed25519::verify), "another chain");
        assertFalse(
                good.isValid(CHAIN, equalPowers(12), Ed25519::verify), "bits of another length");
        var beyond = SignerBits.of(bits(0b1110001), 7);
        var four = with(good, beyond, certificate(set, keys, id, 0b1111).signatures());
        assertFalse(four.isValid(CHAIN, set, Ed25519::verify), "a bit beyond the set");
        assertThrows(
                MalformedDataException.class,
                () -> with(good, good.signers(), good.signatures().subList(0, 2)));
    }

    private static CommitCertificate with(
            CommitCertificate from, SignerBits signers, List<Signature> signatures) {
        return new CommitCertificate(
                from.height(), from.round(), from.blockId(), signers, signatures);
    }

    private static CommitCertificate certificate(
            ValidatorSet set, List<KeyPair> keys, Hash id, int signers) {
        byte[] message = SignBytes.vote(CHAIN, VoteKind.PRECOMMIT, 5, 0, id);
        var signatures =
                bits(signers).stream()
                        .mapToObj(i -> signerOf(set.get(i), keys).sign(message))
                        .toList();
        return new CommitCertificate(
                5, 0, id, SignerBits.of(bits(signers), set.size()), signatures);
    }

    private static KeyPair signerOf(Validator validator, List<KeyPair> keys) {
        return keys.stream()
                .filter(pair -> pair.publicKey().equals(validator.publicKey()))
                .findAny()
                .orElseThrow();
    }

    private static BitSet bits(int mask) {
        return BitSet.valueOf(new long[] {mask});
    }

    private static ValidatorSet equalPowers(int size) {
        return ValidatorSet.of(
                IntStream.rangeClosed(1, size).mapToObj(i -> new Validator(key(i), 1)).toList());
    }

    private static PublicKey key(int i) {
        return pair(i).publicKey();
    }

    private static KeyPair pair(int i) {
        byte[] seed = new byte[KeyPair.SEED_SIZE];
        seed[0] = (byte) i;
        return KeyPair.fromSeed(seed);
    }
}
