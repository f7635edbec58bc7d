package io.computronium.node.driver;

import io.computronium.consensus.Effect;
import io.computronium.consensus.Lock;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.storage.signer.SignPermission;
import io.computronium.storage.signer.SignerState;
import io.computronium.storage.signer.SignerStateFile;
import io.computronium.storage.signer.SignerStep;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A validator's key behind the file that never lets it contradict itself: what is to be signed is
 * on disk before it is signed. For the consensus thread.
 */
public final class ValidatorSigner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ValidatorSigner.class);

    private final KeyPair key;
    private final ChainIdentity chain;
    private final SignerStateFile file;

    /** Takes over {@code file}. */
    public ValidatorSigner(KeyPair key, ChainIdentity chain, SignerStateFile file) {
        this.key = key;
        this.chain = chain;
        this.file = file;
    }

    public PublicKey publicKey() {
        return key.publicKey();
    }

    /** What was signed last. */
    public Optional<SignerState> last() {
        return file.last();
    }

    /** The signed proposal; empty if signing it could contradict an earlier message. */
    Optional<Proposal> sign(Effect.Propose wanted) {
        byte[] message =
                SignBytes.proposal(
                        chain,
                        wanted.height(),
                        wanted.round(),
                        wanted.polRound(),
                        wanted.blockId());
        return sign(wanted.height(), wanted.round(), SignerStep.PROPOSAL, wanted.lock(), message)
                .map(signature ->
                        new Proposal(
                                wanted.height(),
                                wanted.round(),
                                wanted.polRound(),
                                wanted.blockId(),
                                signature));
    }

    /**
     * The signed vote; empty if signing it could contradict an earlier message.
     *
     * @param index of our seat
     */
    Optional<Vote> sign(Effect.CastVote wanted, int index) {
        byte[] message =
                SignBytes.vote(
                        chain, wanted.kind(), wanted.height(), wanted.round(), wanted.blockId());
        return sign(wanted.height(), wanted.round(), stepOf(wanted.kind()), wanted.lock(), message)
                .map(signature ->
                        new Vote(
                                wanted.kind(),
                                wanted.height(),
                                wanted.round(),
                                wanted.blockId(),
                                index,
                                signature));
    }

    private Optional<Signature> sign(
            long height, int round, SignerStep step, Lock lock, byte[] message) {
        var state =
                new SignerState(height, round, step, sha256(message), lock.round(), lock.blockId());
        return switch (file.request(state)) {
            case SignPermission.Granted granted -> Optional.of(key.sign(message));
            case SignPermission.AlreadySigned again -> Optional.of(key.sign(message));
            case SignPermission.Refused refused -> {
                LOG.warn(
                        "not signing {} at height {} round {}: {}",
                        step,
                        height,
                        round,
                        refused.reason());
                yield Optional.empty();
            }
        };
    }

    private static SignerStep stepOf(VoteKind kind) {
        return switch (kind) {
            case PREVOTE -> SignerStep.PREVOTE;
            case PRECOMMIT -> SignerStep.PRECOMMIT;
        };
    }

    private static Hash sha256(byte[] message) {
        try {
            return Hash.of(MessageDigest.getInstance("SHA-256").digest(message));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
