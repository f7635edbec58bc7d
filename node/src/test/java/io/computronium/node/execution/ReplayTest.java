package io.computronium.node.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.runtime.SettableClock;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.tx.Transaction;
import io.computronium.storage.block.BlockSchema;
import io.computronium.storage.block.BlockStore;
import io.computronium.storage.memory.InMemoryStore;
import io.computronium.storage.state.StateOptions;
import io.computronium.storage.state.StateSchema;
import io.computronium.storage.state.StateStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restart brings the state up to the block log, wherever the state was left. */
class ReplayTest {

    private static final int STATE = 20;

    /** Some blocks with transfers, of one chain. */
    private record Log(ChainSpec spec, List<Block> blocks, List<CommitCertificate> certificates) {

        static Log of(int heights, long grains) {
            var chain = MemoryChain.of(1);
            List<Block> blocks = new ArrayList<>();
            List<CommitCertificate> certificates = new ArrayList<>();
            for (int i = 0; i < heights; i++) {
                Transaction one = chain.transfer("alice", "bob", i, grains);
                BlockCommitted made = chain.extend(List.of(one));
                blocks.add(made.block());
                certificates.add(chain.certificate(i + 1, made.head().blockId()));
            }
            return new Log(chain.spec(), blocks, certificates);
        }

        void write(BlockStore store, int from, int to) {
            for (int height = from; height <= to; height++) {
                store.put(blocks.get(height - 1), certificates.get(height - 1));
            }
        }
    }

    private InMemoryStore stateRows = new InMemoryStore(StateSchema.SCHEMA);

    private static BlockStore logOf(Log log, int heights) {
        BlockStore store = BlockStore.open(new InMemoryStore(BlockSchema.SCHEMA));
        log.write(store, 1, heights);
        return store;
    }

    /** Opens the state that is left beside {@code blocks}; the caller closes it. */
    private StateStore open(Log log, BlockStore blocks) {
        StateStore state = StateStore.open(stateRows, StateOptions.DEFAULT);
        BlockProcessor opened =
                BlockProcessor.open(
                        log.spec(), blocks, state, new SettableClock(MemoryChain.GENESIS_MILLIS));
        assertEquals(blocks.lastHeight().orElse(0), opened.head().height());
        return state;
    }

    /** Leaves a state of height {@value #STATE}. */
    private void leaveState(Log log) {
        stateRows = new InMemoryStore(StateSchema.SCHEMA);
        open(log, logOf(log, STATE)).close();
    }

    @Test
    void theStateMayBeUpToSixteenHeightsBehindTheLog() {
        Log log = Log.of(STATE + 17, 100);
        for (int ahead = 0; ahead <= 16; ahead++) {
            leaveState(log);
            assertEquals(
                    log.blocks().get(STATE + ahead - 1).header().stateRoot(),
                    open(log, logOf(log, STATE + ahead)).root(),
                    "log ahead by " + ahead);
        }
        leaveState(log);
        var failure =
                assertThrows(
                        InconsistentStoresException.class, () -> open(log, logOf(log, STATE + 17)));
        assertTrue(String.valueOf(failure.getMessage()).contains("height 20"), failure.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, STATE - 1})
    void theLogIsNeverBehindTheState(int logged) {
        Log log = Log.of(STATE, 100);
        leaveState(log);
        assertThrows(InconsistentStoresException.class, () -> open(log, logOf(log, logged)));
    }

    @Test
    void theStateOfAnotherChainIsRefused() {
        Log one = Log.of(STATE, 100);
        Log other = Log.of(STATE, 101);
        leaveState(one);
        assertThrows(InconsistentStoresException.class, () -> open(other, logOf(other, STATE)));
    }

    @Test
    void aLogThatDoesNotFollowFromTheStateIsRefused() {
        Log one = Log.of(STATE + 1, 100);
        Log other = Log.of(STATE + 1, 101);
        leaveState(one);
        BlockStore mixed = logOf(one, STATE);
        other.write(mixed, STATE + 1, STATE + 1);
        var failure = assertThrows(InconsistentStoresException.class, () -> open(one, mixed));
        assertTrue(String.valueOf(failure.getMessage()).contains("parent"), failure.toString());
    }

    @Test
    void aThousandBlocksGiveTheSameRootWhateverIsLost() {
        var chain = MemoryChain.of(1, new StateOptions(16, 64));
        for (int i = 0; i < 1_000; i++) {
            chain.extend(List.of(chain.transfer("alice", "bob", i, 1_000 + i)));
        }
        ChainTip before = chain.head();
        assertEquals(1, before.transactions());

        chain.crash();
        requireSame("the last unflushed state lost", before, chain.head());
        chain.restart();
        requireSame("stopped in order", before, chain.head());
        chain.loseState();
        requireSame("the whole state lost", before, chain.head());

        BlockCommitted next = chain.extend(List.of(chain.transfer("alice", "bob", 1_000, 1)));
        assertEquals(1, next.receipts().size(), "the chain goes on");
    }

    private static void requireSame(String what, ChainTip before, ChainTip after) {
        assertEquals(before.height(), after.height(), what);
        assertEquals(before.blockId(), after.blockId(), what);
        assertEquals(before.header(), after.header(), what);
        assertEquals(before.certificate(), after.certificate(), what);
        assertEquals(before.validators(), after.validators(), what);
        assertEquals(before.nextValidators(), after.nextValidators(), what);
        assertEquals(before.transactions(), after.transactions(), what);
        assertEquals(before.state().root(), after.state().root(), what);
    }
}
