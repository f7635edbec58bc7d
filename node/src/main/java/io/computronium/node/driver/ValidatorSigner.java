package io.computronium.node.driver;

import io.computronium.consensus.Effect;
import io.computronium.consensus.Input;
import io.computronium.consensus.Lock;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.Proposal;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A validator's key behind the file that never lets it contradict itself: what is to be signed is
 * on disk before it is signed. For the consensus thread.
 */
public final class ValidatorSigner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ValidatorSigner.class);

    private static final Signature UNSIGNED = Signature.of(new byte[Signature.SIZE]);

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

    /** What {@code wanted} asks to sign, with zeros for a signature. */
    static Proposal unsigned(Effect.Propose wanted) {
        return new Proposal(
                wanted.height(), wanted.round(), wanted.polRound(), wanted.blockId(), UNSIGNED);
    }

    /**
     * What {@code wanted} asks to sign, with zeros for a signature.
     *
     * @param index of our seat
     */
    static Vote unsigned(Effect.CastVote wanted, int index) {
        return new Vote(
                wanted.kind(), wanted.height(), wanted.round(), wanted.blockId(), index, UNSIGNED);
    }

    /** The signed proposal; empty if signing it could contradict an earlier message. */
    Optional<Proposal> sign(Proposal proposal, Lock lock) {
        return sign(
                        proposal.height(),
                        proposal.round(),
                        SignerStep.PROPOSAL,
                        proposal.blockId(),
                        lock,
                        proposal.signBytes(chain))
                .map(signature -> signed(proposal, signature));
    }

    /** The signed vote; empty if signing it could contradict an earlier message. */
    Optional<Vote> sign(Vote vote, Lock lock) {
        return sign(
                        vote.height(),
                        vote.round(),
                        stepOf(vote.kind()),
                        vote.blockId(),
                        lock,
                        vote.signBytes(chain))
                .map(signature -> signed(vote, signature));
    }

    /**
     * The message with its signature, if it is what was signed last.
     *
     * @param unsigned a proposal or a vote of ours
     */
    Optional<Input> signedBefore(Input unsigned) {
        return switch (unsigned) {
            case Input.ProposalArrived(Proposal proposal, long at) ->
                    signatureIfLast(proposal.signBytes(chain))
                            .map(s -> new Input.ProposalArrived(signed(proposal, s), at));
            case Input.VoteArrived(Vote vote, long at) ->
                    signatureIfLast(vote.signBytes(chain))
                            .map(s -> new Input.VoteArrived(signed(vote, s), at));
            default -> Optional.empty();
        };
    }

    private Optional<Signature> signatureIfLast(byte[] message) {
        return file.last()
                .filter(last -> last.signBytesHash().equals(sha256(message)))
                .map(last -> key.sign(message));
    }

    private static Proposal signed(Proposal unsigned, Signature signature) {
        return new Proposal(
                unsigned.height(),
                unsigned.round(),
                unsigned.polRound(),
                unsigned.blockId(),
                signature);
    }

    private static Vote signed(Vote unsigned, Signature signature) {
        return new Vote(
                unsigned.kind(),
                unsigned.height(),
                unsigned.round(),
                unsigned.blockId(),
                unsigned.validatorIndex(),
                signature);
    }

    private Optional<Signature> sign(
            long height,
            int round,
            SignerStep step,
            @Nullable Hash blockId,
            Lock lock,
            byte[] message) {
        var state =
                new SignerState(
                        height,
                        round,
                        step,
                        blockId,
                        sha256(message),
                        lock.round(),
                        lock.blockId());
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
