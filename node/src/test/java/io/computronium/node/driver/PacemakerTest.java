package io.computronium.node.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.node.execution.ChainTip;
import io.computronium.node.execution.HeaderDraft;
import io.computronium.node.execution.MemoryChain;
import io.computronium.primitives.block.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Blocks are due on a grid that every node finds again from the headers alone. */
class PacemakerTest {

    private static final long GENESIS = MemoryChain.GENESIS_MILLIS;

    private final MemoryChain chain = MemoryChain.of(4).extended(1);
    private final ConsensusParameters parameters = chain.spec().consensus();
    private final List<Header> headers = new ArrayList<>();

    private Optional<Header> header(long height) {
        return height < 1 || height > headers.size()
                ? Optional.empty()
                : Optional.of(headers.get((int) height - 1));
    }

    private void block(long timeMillis) {
        var draft = new HeaderDraft(chain.blocks().header(1).orElseThrow());
        draft.height = headers.size() + 1L;
        draft.timeMillis = timeMillis;
        headers.add(draft.header());
    }

    private ChainTip head() {
        ChainTip tip = chain.head();
        long height = headers.size();
        return new ChainTip(
                height,
                tip.blockId(),
                height == 0 ? GENESIS : headers.getLast().timeMillis(),
                height == 0 ? null : headers.getLast(),
                height == 0 ? null : tip.certificate(),
                tip.validators(),
                tip.nextValidators(),
                0,
                tip.state());
    }

    private Pacemaker pacemaker(long nowMillis) {
        return new Pacemaker(parameters, this::header, head(), nowMillis);
    }

    @Test
    void theFirstBlockIsDueAtGenesisOrWhenItsNodeStarts() {
        assertEquals(GENESIS, pacemaker(GENESIS - 5_000).targetMillis(head()));
        assertEquals(GENESIS + 7_000, pacemaker(GENESIS + 7_000).targetMillis(head()));
    }

    @Test
    void delaysDoNotAddUp() {
        Pacemaker pacemaker = pacemaker(GENESIS);
        for (int i = 0; i < 50; i++) {
            block(GENESIS + 3_000 + i * 1_000L + (i == 0 ? 0 : 400));
            assertEquals(GENESIS + 3_000 + (i + 1) * 1_000L, pacemaker.targetMillis(head()));
        }
    }

    @Test
    void aRestartFindsTheSameGrid() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Pacemaker lasting = pacemaker(GENESIS);
        long time = GENESIS;
        for (int i = 0; i < 300; i++) {
            time += 500 + (random.nextInt(20) == 0 ? random.nextInt(40_000) : random.nextInt(900));
            block(time);
            long target = lasting.targetMillis(head());
            String what = "seed " + seed + ", height " + headers.size();
            assertEquals(target, pacemaker(time + 9_000).targetMillis(head()), what);
            assertEquals(target, lasting.targetMillis(head()), what + ", asked again");
        }
    }

    @Test
    void blocksThatSyncBroughtCountAsThoseOfConsensus() {
        Pacemaker asleep = pacemaker(GENESIS);
        Pacemaker awake = pacemaker(GENESIS);
        long time = GENESIS;
        for (int i = 0; i < 40; i++) {
            time += i % 7 == 3 ? 15_000 : 1_000; // later than the grid gives up on
            block(time);
            awake.targetMillis(head());
        }
        assertEquals(awake.targetMillis(head()), asleep.targetMillis(head()));
    }
}
