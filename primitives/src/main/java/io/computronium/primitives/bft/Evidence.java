package io.computronium.primitives.bft;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two different messages that one validator signed for the same height, round and kind. The two are
 * in ascending order of block id, nil first, so that one offence has one encoding.
 */
public sealed interface Evidence {

    long height();

    /**
     * Whose key signed both messages. A vote names its seat. For a proposal all keys are tried:
     * only the proposer of its round has a reason to sign one, and whoever signs two of one round
     * has contradicted itself.
     *
     * @param keys of the validators of {@link #height}, in their order
     * @return empty if it was none of them
     */
    Optional<PublicKey> signer(
            ChainIdentity chain, List<PublicKey> keys, CommitCertificate.Verifier verifier);

    record DuplicateVote(Vote first, Vote second) implements Evidence {
        public DuplicateVote {
            MalformedDataException.unless(
                    first.kind() == second.kind()
                            && first.height() == second.height()
                            && first.round() == second.round()
                            && first.validatorIndex() == second.validatorIndex(),
                    "evidence: votes of different steps or validators");
            requireAscending(first.blockId(), second.blockId());
        }

        /** Orders the two. */
        public static DuplicateVote of(Vote one, Vote other) {
            return compare(one.blockId(), other.blockId()) < 0
                    ? new DuplicateVote(one, other)
                    : new DuplicateVote(other, one);
        }

        @Override
        public long height() {
            return first.height();
        }

        @Override
        public Optional<PublicKey> signer(
                ChainIdentity chain, List<PublicKey> keys, CommitCertificate.Verifier verifier) {
            int index = first.validatorIndex();
            return index < keys.size()
                            && isSignedBy(keys.get(index), chain, first, verifier)
                            && isSignedBy(keys.get(index), chain, second, verifier)
                    ? Optional.of(keys.get(index))
                    : Optional.empty();
        }

        private static boolean isSignedBy(
                PublicKey key,
                ChainIdentity chain,
                Vote vote,
                CommitCertificate.Verifier verifier) {
            return verifier.verify(key, vote.signBytes(chain), vote.signature());
        }
    }

    /** Two proposals of one round; they may differ in the block or in {@code polRound} alone. */
    record DuplicateProposal(Proposal first, Proposal second) implements Evidence {
        private static final Comparator<Proposal> ORDER =
                Comparator.comparing(Proposal::blockId).thenComparingInt(Proposal::polRound);

        public DuplicateProposal {
            MalformedDataException.unless(
                    first.height() == second.height() && first.round() == second.round(),
                    "evidence: proposals of different rounds");
            MalformedDataException.unless(
                    ORDER.compare(first, second) < 0, "evidence: not in ascending order");
        }

        /** Orders the two. */
        public static DuplicateProposal of(Proposal one, Proposal other) {
            return ORDER.compare(one, other) < 0
                    ? new DuplicateProposal(one, other)
                    : new DuplicateProposal(other, one);
        }

        @Override
        public long height() {
            return first.height();
        }

        @Override
        public Optional<PublicKey> signer(
                ChainIdentity chain, List<PublicKey> keys, CommitCertificate.Verifier verifier) {
            return keys.stream()
                    .filter(key ->
                            isSignedBy(key, chain, first, verifier)
                                    && isSignedBy(key, chain, second, verifier))
                    .findFirst();
        }

        private static boolean isSignedBy(
                PublicKey key,
                ChainIdentity chain,
                Proposal proposal,
                CommitCertificate.Verifier verifier) {
            return verifier.verify(key, proposal.signBytes(chain), proposal.signature());
        }
    }

    private static void requireAscending(@Nullable Hash first, @Nullable Hash second) {
        MalformedDataException.unless(
                compare(first, second) < 0, "evidence: not in ascending order of block id");
    }

    private static int compare(@Nullable Hash first, @Nullable Hash second) {
        if (first == null || second == null) {
            return Boolean.compare(first != null, second != null);
        }
        return first.compareTo(second);
    }
}
