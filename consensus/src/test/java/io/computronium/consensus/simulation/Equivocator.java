package io.computronium.consensus.simulation;

import io.computronium.consensus.BlockFacts;
import io.computronium.consensus.Effect;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.VoteKind;
import org.jspecify.annotations.Nullable;

/**
 * Says what it should to some, and something else to the others: another block, which may be invalid,
 * or nil. Its signer signs everything.
 */
final class Equivocator extends Validator {

    /** The last block that it made up. */
    private @Nullable Hash other;

    Equivocator(World world, int index) {
        super(world, index);
    }

    @Override
    boolean isHonest() {
        return false;
    }

    @Override
    boolean mayVoice(Object next) {
        return true;
    }

    @Override
    void voice(Effect.Message message) {
        Effect.Message lie =
                switch (message) {
                    case Effect.Propose p -> lie(p);
                    case Effect.CastVote v -> lie(v);
                };
        for (Validator peer : world.validators) {
            switch (world.random.nextInt(5)) {
                case 0, 1 -> tell(peer, message);
                case 2, 3 -> tell(peer, lie);
                case 4 -> {
                    tell(peer, message);
                    tell(peer, lie);
                }
                default -> throw new AssertionError();
            }
        }
        for (Effect.Message said : new Effect.Message[] {message, lie}) {
            if (said instanceof Effect.CastVote vote && vote.kind() == VoteKind.PREVOTE) {
                world.prevoted(this, vote.height(), vote.round(), vote.blockId());
            }
        }
    }

    private Effect.Propose lie(Effect.Propose truth) {
        BlockFacts block = world.block(truth.blockId());
        other =
                world.makeBlock(
                                block.height(),
                                block.parent(),
                                block.timeMillis(),
                                index(),
                                world.random.nextBoolean())
                        .id();
        return new Effect.Propose(truth.height(), truth.round(), -1, other, truth.lock());
    }

    private Effect.CastVote lie(Effect.CastVote truth) {
        boolean knowsOther = other != null && world.block(other).height() == truth.height();
        Hash id = truth.blockId() == null || world.random.nextBoolean() ? other : null;
        return new Effect.CastVote(
                truth.kind(),
                truth.height(),
                truth.round(),
                knowsOther ? id : null,
                truth.lock());
    }
}
