package io.computronium.consensus.simulation;

import io.computronium.consensus.BlockFacts;
import io.computronium.consensus.Effect;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.VoteKind;
import org.jspecify.annotations.Nullable;

/**
 * Says what it should to some, and something else to the others: another block, which may be
 * invalid, or nil. Its signer signs everything.
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
        boolean liesToAll = world.random.nextInt(4) == 0;
        for (Validator peer : world.validators) {
            int said = world.random.nextInt(5);
            if (liesToAll || said < 3) {
                tell(peer, lie);
            }
            if (!liesToAll && said > 1) {
                tell(peer, message);
            }
        }
        signs(lie);
    }

    @Override
    void signs(Effect.Message message) {
        if (message instanceof Effect.CastVote vote && vote.kind() == VoteKind.PREVOTE) {
            world.prevoted(this, vote.height(), vote.round(), vote.blockId());
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
        int polRound = world.random.nextInt(-1, truth.round());
        return new Effect.Propose(truth.height(), truth.round(), polRound, other, truth.lock());
    }

    private Effect.CastVote lie(Effect.CastVote truth) {
        boolean knowsOther = other != null && world.block(other).height() == truth.height();
        Hash id = truth.blockId() == null || world.random.nextBoolean() ? other : null;
        return new Effect.CastVote(
                truth.kind(), truth.height(), truth.round(), knowsOther ? id : null, truth.lock());
    }
}
