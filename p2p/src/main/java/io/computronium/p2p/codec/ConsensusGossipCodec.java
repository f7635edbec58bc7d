package io.computronium.p2p.codec;

import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toBytes;
import static io.computronium.primitives.codec.WireValues.toHash;
import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;

import io.computronium.p2p.message.ConsensusGossip.CommitRequest;
import io.computronium.p2p.message.ConsensusGossip.HasVote;
import io.computronium.p2p.message.ConsensusGossip.Maj23;
import io.computronium.p2p.message.ConsensusGossip.NewStep;
import io.computronium.p2p.message.ConsensusGossip.RoundStep;
import io.computronium.p2p.message.ConsensusGossip.VoteBits;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.codec.BftCodec;
import io.computronium.primitives.codec.CanonicalCodec;
import io.computronium.primitives.codec.Codec;
import io.computronium.primitives.proto.CommitRequestMessage;
import io.computronium.primitives.proto.HasVoteMessage;
import io.computronium.primitives.proto.Maj23Message;
import io.computronium.primitives.proto.NewStepMessage;
import io.computronium.primitives.proto.RoundStepMessage;
import io.computronium.primitives.proto.VoteBitsMessage;

final class ConsensusGossipCodec {

    static final Codec<NewStep> NEW_STEP =
            CanonicalCodec.of(
                    NewStepMessage.getDefaultInstance(),
                    FrameType.NEW_STEP.maxBytes(),
                    ConsensusGossipCodec::newStep,
                    ConsensusGossipCodec::message);

    static final Codec<HasVote> HAS_VOTE =
            CanonicalCodec.of(
                    HasVoteMessage.getDefaultInstance(),
                    FrameType.HAS_VOTE.maxBytes(),
                    ConsensusGossipCodec::hasVote,
                    ConsensusGossipCodec::message);

    static final Codec<Maj23> MAJ23 =
            CanonicalCodec.of(
                    Maj23Message.getDefaultInstance(),
                    FrameType.MAJ23.maxBytes(),
                    ConsensusGossipCodec::maj23,
                    ConsensusGossipCodec::message);

    static final Codec<VoteBits> VOTE_BITS =
            CanonicalCodec.of(
                    VoteBitsMessage.getDefaultInstance(),
                    FrameType.VOTE_BITS.maxBytes(),
                    ConsensusGossipCodec::voteBits,
                    ConsensusGossipCodec::message);

    static final Codec<CommitRequest> COMMIT_REQUEST =
            CanonicalCodec.of(
                    CommitRequestMessage.getDefaultInstance(),
                    FrameType.COMMIT_REQUEST.maxBytes(),
                    m -> new CommitRequest(toLong(m.getHeight(), "commitRequest.height")),
                    request ->
                            CommitRequestMessage.newBuilder().setHeight(request.height()).build());

    private ConsensusGossipCodec() {}

    private static NewStep newStep(NewStepMessage m) {
        return new NewStep(
                toLong(m.getHeight(), "newStep.height"),
                toInt(m.getRound(), "newStep.round"),
                step(m.getStep()),
                m.getLastCommitRound());
    }

    private static NewStepMessage message(NewStep newStep) {
        return NewStepMessage.newBuilder()
                .setHeight(newStep.height())
                .setRound(newStep.round())
                .setStep(message(newStep.step()))
                .setLastCommitRound(newStep.lastCommitRound())
                .build();
    }

    private static RoundStep step(RoundStepMessage m) {
        return switch (m) {
            case ROUND_STEP_PROPOSE -> RoundStep.PROPOSE;
            case ROUND_STEP_PREVOTE -> RoundStep.PREVOTE;
            case ROUND_STEP_PRECOMMIT -> RoundStep.PRECOMMIT;
            case ROUND_STEP_UNSPECIFIED, UNRECOGNIZED ->
                    throw new MalformedDataException("newStep.step: unknown");
        };
    }

    private static RoundStepMessage message(RoundStep step) {
        return switch (step) {
            case PROPOSE -> RoundStepMessage.ROUND_STEP_PROPOSE;
            case PREVOTE -> RoundStepMessage.ROUND_STEP_PREVOTE;
            case PRECOMMIT -> RoundStepMessage.ROUND_STEP_PRECOMMIT;
        };
    }

    private static HasVote hasVote(HasVoteMessage m) {
        return new HasVote(
                toLong(m.getHeight(), "hasVote.height"),
                toInt(m.getRound(), "hasVote.round"),
                BftCodec.kind(m.getKind()),
                toInt(m.getValidatorIndex(), "hasVote.validatorIndex"));
    }

    private static HasVoteMessage message(HasVote hasVote) {
        return HasVoteMessage.newBuilder()
                .setHeight(hasVote.height())
                .setRound(hasVote.round())
                .setKind(BftCodec.message(hasVote.kind()))
                .setValidatorIndex(hasVote.validatorIndex())
                .build();
    }

    private static Maj23 maj23(Maj23Message m) {
        return new Maj23(
                toLong(m.getHeight(), "maj23.height"),
                toInt(m.getRound(), "maj23.round"),
                BftCodec.kind(m.getKind()),
                m.hasBlockId() ? toHash(m.getBlockId()) : null);
    }

    private static Maj23Message message(Maj23 maj23) {
        var m =
                Maj23Message.newBuilder()
                        .setHeight(maj23.height())
                        .setRound(maj23.round())
                        .setKind(BftCodec.message(maj23.kind()));
        if (maj23.blockId() != null) {
            m.setBlockId(toByteString(maj23.blockId()));
        }
        return m.build();
    }

    private static VoteBits voteBits(VoteBitsMessage m) {
        return new VoteBits(
                toLong(m.getHeight(), "voteBits.height"),
                toInt(m.getRound(), "voteBits.round"),
                BftCodec.kind(m.getKind()),
                m.hasBlockId() ? toHash(m.getBlockId()) : null,
                new SignerBits(toBytes(m.getVoters())));
    }

    private static VoteBitsMessage message(VoteBits bits) {
        var m =
                VoteBitsMessage.newBuilder()
                        .setHeight(bits.height())
                        .setRound(bits.round())
                        .setKind(BftCodec.message(bits.kind()))
                        .setVoters(toByteString(bits.voters().bytes()));
        if (bits.blockId() != null) {
            m.setBlockId(toByteString(bits.blockId()));
        }
        return m.build();
    }
}
