package io.computronium.primitives.bft;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import java.util.BitSet;
import java.util.List;

/**
 * Proof that a block is final: precommits of a quorum for exactly one block id.
 *
 * @param signers who signed
 * @param signatures one for each signer, in the order of the set
 */
public record CommitCertificate(
        long height, int round, Hash blockId, SignerBits signers, List<Signature> signatures) {

    public CommitCertificate {
        signatures = List.copyOf(signatures);
        MalformedDataException.unless(height > 0, "commit.height: 1 or more expected");
        MalformedDataException.unless(round >= 0, "commit.round: over 31 bits");
        MalformedDataException.unless(
                signers.count() == signatures.size(), "commit: signers and signatures differ");
    }

    /** Decides whether a signature is good. The production one is {@code Ed25519::verify}. */
    @FunctionalInterface
    public interface Verifier {
        boolean verify(PublicKey key, byte[] message, Signature signature);
    }

    /**
     * Whether this proves its block final under {@code set}: exact bit set, every signature good,
     * and a quorum (D7 in {@code docs/consensus.md}). Costs one signature check a signer.
     */
    public boolean isValid(ChainIdentity chain, ValidatorSet set, Verifier verifier) {
        BitSet indexes;
        try {
            indexes = signers.toBitSet(set.size());
        } catch (MalformedDataException e) {
            return false;
        }
        byte[] message = SignBytes.vote(chain, VoteKind.PRECOMMIT, height, round, blockId);
        long power = 0;
        int next = 0;
        for (int i = indexes.nextSetBit(0); i >= 0; i = indexes.nextSetBit(i + 1)) {
            Validator validator = set.get(i);
            if (!verifier.verify(validator.publicKey(), message, signatures.get(next++))) {
                return false;
            }
            power += validator.power();
        }
        return set.isQuorum(power);
    }
}
