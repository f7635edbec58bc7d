package io.computronium.consensus.simulation;

import io.computronium.consensus.Effect;
import io.computronium.consensus.Input;
import io.computronium.consensus.Lock;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.storage.signer.SignerStep;
import org.jspecify.annotations.Nullable;

/** What a core wants to say, as something to log, to sign and to send. */
final class Messages {

    private static final Signature UNSIGNED = Signature.of(new byte[Signature.SIZE]);

    private Messages() {}

    static Input unsigned(Effect.Message message, int seat, long at) {
        return switch (message) {
            case Effect.Propose p -> new Input.ProposalArrived(proposal(p, UNSIGNED), at);
            case Effect.CastVote v -> new Input.VoteArrived(vote(v, seat, UNSIGNED), at);
        };
    }

    static Message signed(World world, int key, Effect.Message message, int seat) {
        return switch (message) {
            case Effect.Propose p -> {
                byte[] bytes = proposal(p, UNSIGNED).signBytes(World.CHAIN);
                yield new Message.Proposed(proposal(p, world.keys.sign(key, bytes)));
            }
            case Effect.CastVote v -> {
                byte[] bytes = vote(v, seat, UNSIGNED).signBytes(World.CHAIN);
                yield new Message.Voted(vote(v, seat, world.keys.sign(key, bytes)));
            }
        };
    }

    /** An input that was logged unsigned, with the signature. */
    static Input signed(World world, int key, Input unsigned) {
        return switch (unsigned) {
            case Input.ProposalArrived(Proposal p, long at) -> {
                var signature = world.keys.sign(key, p.signBytes(World.CHAIN));
                yield new Input.ProposalArrived(
                        new Proposal(p.height(), p.round(), p.polRound(), p.blockId(), signature),
                        at);
            }
            case Input.VoteArrived(Vote v, long at) -> {
                var signature = world.keys.sign(key, v.signBytes(World.CHAIN));
                yield new Input.VoteArrived(
                        new Vote(
                                v.kind(),
                                v.height(),
                                v.round(),
                                v.blockId(),
                                v.validatorIndex(),
                                signature),
                        at);
            }
            default -> throw new IllegalArgumentException(unsigned.toString());
        };
    }

    private static Proposal proposal(Effect.Propose p, Signature signature) {
        return new Proposal(p.height(), p.round(), p.polRound(), p.blockId(), signature);
    }

    private static Vote vote(Effect.CastVote v, int seat, Signature signature) {
        return new Vote(v.kind(), v.height(), v.round(), v.blockId(), seat, signature);
    }

    /** What a core asked for, from what was logged. */
    static Effect.Message effect(Input unsigned, Lock lock) {
        return switch (unsigned) {
            case Input.ProposalArrived(Proposal p, long at) ->
                    new Effect.Propose(p.height(), p.round(), p.polRound(), p.blockId(), lock);
            case Input.VoteArrived(Vote v, long at) ->
                    new Effect.CastVote(v.kind(), v.height(), v.round(), v.blockId(), lock);
            default -> throw new IllegalArgumentException(unsigned.toString());
        };
    }

    /** Null: nil. */
    static @Nullable Hash blockId(Effect.Message message) {
        return switch (message) {
            case Effect.Propose p -> p.blockId();
            case Effect.CastVote v -> v.blockId();
        };
    }

    static int round(Effect.Message message) {
        return switch (message) {
            case Effect.Propose p -> p.round();
            case Effect.CastVote v -> v.round();
        };
    }

    static Lock lock(Effect.Message message) {
        return switch (message) {
            case Effect.Propose p -> p.lock();
            case Effect.CastVote v -> v.lock();
        };
    }

    static SignerStep step(Effect.Message message) {
        return switch (message) {
            case Effect.Propose p -> SignerStep.PROPOSAL;
            case Effect.CastVote v ->
                    v.kind() == VoteKind.PREVOTE ? SignerStep.PREVOTE : SignerStep.PRECOMMIT;
        };
    }
}
