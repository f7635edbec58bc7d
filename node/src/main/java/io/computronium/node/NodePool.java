package io.computronium.node;

import io.computronium.node.driver.TransactionPool;
import io.computronium.node.execution.BlockCommitted;
import io.computronium.node.execution.ChainSpec;
import io.computronium.node.execution.ChainTip;
import io.computronium.node.mempool.AdmissionRules;
import io.computronium.node.mempool.Head;
import io.computronium.node.mempool.Mempool;
import io.computronium.node.mempool.TxAdmission;
import io.computronium.node.runtime.EventLoop;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.codec.StateCodec;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.FeeState;
import io.computronium.primitives.state.StateKey;
import io.computronium.primitives.tx.Transaction;
import io.computronium.vm.InclusionRules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Joins the pool to consensus, to execution and to the rules of {@code vm}. */
final class NodePool implements TransactionPool {

    private final Mempool pool;
    private final EventLoop loop;
    private final Set<Hash> pinned = new LinkedHashSet<>(); // the mempool thread's

    /**
     * @param pool owned by {@code loop}
     */
    NodePool(Mempool pool, EventLoop loop) {
        this.pool = pool;
        this.loop = loop;
    }

    /** What a block may include, by the rules of its height. */
    static AdmissionRules rules(ChainSpec spec) {
        return (transaction, height, baseFee, accounts) ->
                new InclusionRules(spec.rules().at(height))
                        .check(transaction, height, baseFee, accounts)
                        .map(refusal -> new TxAdmission.Refused(refusal.fault(), refusal.detail()));
    }

    /** The committed state, as the pool sees it. */
    static Head headOf(ChainTip chain) {
        long baseFee =
                chain.read(StateKey.fees(), StateCodec.FEES).map(FeeState::baseFee).orElseThrow();
        return new Head() {
            @Override
            public long height() {
                return chain.height();
            }

            @Override
            public long baseFee() {
                return baseFee;
            }

            @Override
            public AccountState account(Principal principal) {
                return chain.read(StateKey.account(principal), StateCodec.ACCOUNT)
                        .orElse(AccountState.EMPTY);
            }

            @Override
            public Optional<Bytes> record(Bytes key) {
                return chain.state().get(key);
            }
        };
    }

    /** On the execution thread: the pool follows before anyone asks it for the next block. */
    void committed(BlockCommitted committed) {
        Head head = headOf(committed.head());
        List<Transaction> included = committed.block().transactions();
        loop.execute(() -> {
            pool.onCommitted(head, included, committed.accounts());
            List.copyOf(pinned).forEach(pool::release);
            pinned.clear();
        });
    }

    @Override
    public CompletableFuture<List<Transaction>> proposal(long maxGas, long maxBytes, int maxCount) {
        return loop.ask(() -> pool.proposal(maxGas, maxBytes, maxCount));
    }

    @Override
    public Optional<Transaction> byWireHash(Hash wireHash) {
        return pool.published().byWireHash(wireHash);
    }

    @Override
    public void pin(Hash blockId, List<Hash> wireHashes) {
        loop.execute(() -> {
            pinned.add(blockId);
            pool.pin(blockId, wireHashes);
        });
    }
}
