package io.computronium.node;

import io.computronium.node.driver.ValidatorSigner;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.storage.block.BlockStore;
import io.computronium.storage.disk.Disk;
import io.computronium.storage.disk.FileDisk;
import io.computronium.storage.signer.SignerState;
import io.computronium.storage.signer.SignerStateFile;
import io.computronium.storage.signer.SignerStep;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a validator's signer file, or refuses: a key that may have signed what its file does not
 * know of must not sign again by itself.
 */
final class SignerOpening {

    private static final Logger LOG = LoggerFactory.getLogger(SignerOpening.class);

    /** How many commits are searched for our own signatures. */
    private static final int LOOK_BACK = 10;

    private SignerOpening() {}

    /**
     * Opens the file in {@code folder}, which holds nothing else.
     *
     * @param validators the set whose commits are searched
     * @param signFromHeight the operator's word for a key without its file; null: none
     * @throws NodeStartException with what to do
     */
    static ValidatorSigner open(
            Path folder,
            KeyPair key,
            ChainIdentity chain,
            BlockStore blocks,
            ValidatorSet validators,
            @Nullable Long signFromHeight) {
        long lastHeight = blocks.lastHeight().orElse(0);
        Disk disk = FileDisk.open(folder);
        try {
            var file = file(disk, folder, lastHeight, signFromHeight);
            lookBack(key.publicKey(), file, blocks, validators, lastHeight);
            return new ValidatorSigner(key, chain, file);
        } catch (RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    private static SignerStateFile file(
            Disk disk, Path folder, long lastHeight, @Nullable Long signFromHeight) {
        return switch (SignerStateFile.open(disk)) {
            case SignerStateFile.Opening.Ready ready -> ready.file();
            case SignerStateFile.Opening.OneSlotLost lost -> {
                LOG.warn("a slot of the signer file in {} is lost: silent for two heights", folder);
                yield lost.file();
            }
            case SignerStateFile.Opening.Damaged damaged ->
                    throw new NodeStartException(
                            "the signer file in %s cannot be read (%s). What this key signed is not"
                                            .formatted(folder, damaged.reason())
                                    + " known: never sign with it again, use another key.");
            case SignerStateFile.Opening.Missing missing -> {
                if (lastHeight > 0 && signFromHeight == null) {
                    throw new NodeStartException(
                            "there is no signer file in %s, but the chain has begun. If this key"
                                            .formatted(folder)
                                    + " has signed before, bring its file; else say from which"
                                    + " height on it may sign, with --sign-from-height.");
                }
                yield SignerStateFile.create(disk, signFromHeight == null ? 1 : signFromHeight);
            }
        };
    }

    /**
     * A commit with our signature that is newer than our file means: the file is an old copy. What
     * the file will not sign any more is no danger.
     */
    private static void lookBack(
            PublicKey key,
            SignerStateFile file,
            BlockStore blocks,
            ValidatorSet validators,
            long lastHeight) {
        OptionalInt seat = validators.indexOf(key);
        if (seat.isEmpty()) {
            return;
        }
        long from = Math.max(lastHeight - LOOK_BACK + 1, file.firstHeight());
        for (long height = Math.max(1, from); height <= lastHeight; height++) {
            boolean unknown =
                    blocks.certificate(height)
                            .filter(commit -> isSignedAt(seat.getAsInt(), commit, validators))
                            .filter(commit -> !knows(file, commit))
                            .isPresent();
            if (unknown) {
                throw new NodeStartException(
                        "the signer file is older than this key's signature at height %d: it is a"
                                        .formatted(height)
                                + " copy, or another node signs with this key. Stop that node and"
                                + " bring its file.");
            }
        }
    }

    private static boolean isSignedAt(int seat, CommitCertificate commit, ValidatorSet validators) {
        return commit.signers().toBitSet(validators.size()).get(seat);
    }

    private static boolean knows(SignerStateFile file, CommitCertificate commit) {
        var signed =
                new SignerState(
                        commit.height(),
                        commit.round(),
                        SignerStep.PRECOMMIT,
                        commit.blockId(),
                        Hash.ZERO, // whatever was signed: only the step is compared
                        -1,
                        null);
        return file.last().filter(last -> !last.isBefore(signed)).isPresent();
    }
}
