package io.computronium.primitives.codec;

import static io.computronium.primitives.codec.WireValues.require;
import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toBytes;
import static io.computronium.primitives.codec.WireValues.toHash;
import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;
import static io.computronium.primitives.codec.WireValues.toPublicKey;
import static io.computronium.primitives.codec.WireValues.toSignature;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.crypto.Domain;
import io.computronium.primitives.crypto.MerkleTree;
import io.computronium.primitives.crypto.Sha256;
import io.computronium.primitives.proto.CommitMessage;
import io.computronium.primitives.proto.DuplicateProposalMessage;
import io.computronium.primitives.proto.DuplicateVoteMessage;
import io.computronium.primitives.proto.EvidenceMessage;
import io.computronium.primitives.proto.ProposalMessage;
import io.computronium.primitives.proto.ValidatorMessage;
import io.computronium.primitives.proto.ValidatorSetMessage;
import io.computronium.primitives.proto.VoteKindMessage;
import io.computronium.primitives.proto.VoteMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Consensus values, and the hashes by which headers name them. */
public final class BftCodec {

    private static final int SMALL = 1 << 10;

    public static final Codec<Proposal> PROPOSAL =
            CanonicalCodec.of(
                    ProposalMessage.getDefaultInstance(),
                    SMALL,
                    BftCodec::proposal,
                    BftCodec::message);

    public static final Codec<Vote> VOTE =
            CanonicalCodec.of(
                    VoteMessage.getDefaultInstance(), SMALL, BftCodec::vote, BftCodec::message);

    public static final Codec<CommitCertificate> COMMIT =
            CanonicalCodec.of(
                    CommitMessage.getDefaultInstance(),
                    5 << 20,
                    BftCodec::commit,
                    BftCodec::message);

    public static final Codec<Evidence> EVIDENCE =
            CanonicalCodec.of(
                    EvidenceMessage.getDefaultInstance(),
                    SMALL,
                    BftCodec::evidence,
                    BftCodec::message);

    public static final Codec<ValidatorSet> VALIDATOR_SET =
            CanonicalCodec.of(
                    ValidatorSetMessage.getDefaultInstance(),
                    4 << 20,
                    BftCodec::validatorSet,
                    BftCodec::message);

    private BftCodec() {}

    /** The hash of a set in headers: Merkle root over its entries in order. */
    public static Hash hashOf(ValidatorSet set) {
        return MerkleTree.root(
                set.validators().stream().map(v -> message(v).toByteArray()).toList());
    }

    /** The hash of the parent's certificate in a header; of none, at height 1, that of no bytes. */
    public static Hash hashOf(@Nullable CommitCertificate commit) {
        return Sha256.hash(Domain.COMMIT, commit == null ? new byte[0] : COMMIT.encode(commit));
    }

    /** Merkle root over the items. */
    public static Hash rootOf(List<Evidence> evidence) {
        return MerkleTree.root(evidence.stream().map(EVIDENCE::encode).toList());
    }

    private static Proposal proposal(ProposalMessage m) {
        return new Proposal(
                toLong(m.getHeight(), "proposal.height"),
                toInt(m.getRound(), "proposal.round"),
                m.getPolRound(),
                toHash(m.getBlockId()),
                toSignature(m.getSignature()));
    }

    private static ProposalMessage message(Proposal proposal) {
        return ProposalMessage.newBuilder()
                .setHeight(proposal.height())
                .setRound(proposal.round())
                .setPolRound(proposal.polRound())
                .setBlockId(toByteString(proposal.blockId()))
                .setSignature(toByteString(proposal.signature()))
                .build();
    }

    private static Vote vote(VoteMessage m) {
        return new Vote(
                kind(m.getKind()),
                toLong(m.getHeight(), "vote.height"),
                toInt(m.getRound(), "vote.round"),
                m.hasBlockId() ? toHash(m.getBlockId()) : null,
                toInt(m.getValidatorIndex(), "vote.validatorIndex"),
                toSignature(m.getSignature()));
    }

    private static VoteMessage message(Vote vote) {
        var m =
                VoteMessage.newBuilder()
                        .setKind(message(vote.kind()))
                        .setHeight(vote.height())
                        .setRound(vote.round())
                        .setValidatorIndex(vote.validatorIndex())
                        .setSignature(toByteString(vote.signature()));
        if (vote.blockId() != null) {
            m.setBlockId(toByteString(vote.blockId()));
        }
        return m.build();
    }

    /** For messages of the same schema in other codec packages. */
    public static VoteKind kind(VoteKindMessage m) {
        return switch (m) {
            case VOTE_KIND_PREVOTE -> VoteKind.PREVOTE;
            case VOTE_KIND_PRECOMMIT -> VoteKind.PRECOMMIT;
            case VOTE_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw new MalformedDataException("vote.kind: unknown");
        };
    }

    /** The inverse of {@link #kind}. */
    public static VoteKindMessage message(VoteKind kind) {
        return switch (kind) {
            case PREVOTE -> VoteKindMessage.VOTE_KIND_PREVOTE;
            case PRECOMMIT -> VoteKindMessage.VOTE_KIND_PRECOMMIT;
        };
    }

    static CommitCertificate commit(CommitMessage m) {
        return new CommitCertificate(
                toLong(m.getHeight(), "commit.height"),
                toInt(m.getRound(), "commit.round"),
                toHash(m.getBlockId()),
                new SignerBits(toBytes(m.getSigners())),
                signatures(m.getSignatures()));
    }

    private static List<Signature> signatures(ByteString bytes) {
        MalformedDataException.unless(
                bytes.size() % Signature.SIZE == 0, "commit.signatures: 64 bytes each expected");
        List<Signature> signatures = new ArrayList<>(bytes.size() / Signature.SIZE);
        for (int at = 0; at < bytes.size(); at += Signature.SIZE) {
            signatures.add(toSignature(bytes.substring(at, at + Signature.SIZE)));
        }
        return signatures;
    }

    static CommitMessage message(CommitCertificate commit) {
        byte[] signatures = new byte[commit.signatures().size() * Signature.SIZE];
        for (int i = 0; i < commit.signatures().size(); i++) {
            commit.signatures().get(i).copyTo(signatures, i * Signature.SIZE);
        }
        return CommitMessage.newBuilder()
                .setHeight(commit.height())
                .setRound(commit.round())
                .setBlockId(toByteString(commit.blockId()))
                .setSigners(toByteString(commit.signers().bytes()))
                .setSignatures(UnsafeByteOperations.unsafeWrap(signatures))
                .build();
    }

    static Evidence evidence(EvidenceMessage m) {
        return switch (m.getEvidenceCase()) {
            case DUPLICATE_VOTE -> duplicateVote(m.getDuplicateVote());
            case DUPLICATE_PROPOSAL -> duplicateProposal(m.getDuplicateProposal());
            case EVIDENCE_NOT_SET -> throw new MalformedDataException("evidence: of no known kind");
        };
    }

    private static Evidence duplicateVote(DuplicateVoteMessage m) {
        require(m.hasFirst() && m.hasSecond(), "evidence.vote");
        return new Evidence.DuplicateVote(vote(m.getFirst()), vote(m.getSecond()));
    }

    private static Evidence duplicateProposal(DuplicateProposalMessage m) {
        require(m.hasFirst() && m.hasSecond(), "evidence.proposal");
        return new Evidence.DuplicateProposal(proposal(m.getFirst()), proposal(m.getSecond()));
    }

    static EvidenceMessage message(Evidence evidence) {
        var m = EvidenceMessage.newBuilder();
        switch (evidence) {
            case Evidence.DuplicateVote votes ->
                    m.setDuplicateVote(
                            DuplicateVoteMessage.newBuilder()
                                    .setFirst(message(votes.first()))
                                    .setSecond(message(votes.second())));
            case Evidence.DuplicateProposal proposals ->
                    m.setDuplicateProposal(
                            DuplicateProposalMessage.newBuilder()
                                    .setFirst(message(proposals.first()))
                                    .setSecond(message(proposals.second())));
        }
        return m.build();
    }

    private static ValidatorSet validatorSet(ValidatorSetMessage m) {
        return ValidatorSet.ofSorted(
                m.getValidatorsList().stream().map(BftCodec::validator).toList());
    }

    private static ValidatorSetMessage message(ValidatorSet set) {
        var m = ValidatorSetMessage.newBuilder();
        set.validators().forEach(validator -> m.addValidators(message(validator)));
        return m.build();
    }

    private static Validator validator(ValidatorMessage m) {
        MalformedDataException.unless(m.getKeyKind() == 0, "validator.keyKind: unknown");
        return new Validator(
                toPublicKey(m.getPublicKey()), toLong(m.getPower(), "validator.power"));
    }

    private static ValidatorMessage message(Validator validator) {
        return ValidatorMessage.newBuilder()
                .setPublicKey(toByteString(validator.publicKey()))
                .setPower(validator.power())
                .build();
    }
}
