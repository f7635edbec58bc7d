package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.node.mempool.PendingTransactions;
import io.computronium.primitives.Hash;
import io.computronium.primitives.block.ExecutionStatus;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Where a transaction is.
 *
 * @param height of its block
 * @param index in its block
 * @param validUntil while it waits, or when it waited in vain
 */
record TransactionStatus(
        Hash id, State state, OptionalLong height, OptionalInt index, OptionalLong validUntil) {

    enum State {
        UNKNOWN,
        PENDING,
        /** Included, and it succeeded. */
        FINAL,
        /** Included, and it failed. */
        FAILED,
        EXPIRED
    }

    static final ResultCodec<TransactionStatus> RESULT =
            new ResultCodec<>(
                    "{id, status: \"unknown\", \"pending\", \"final\", \"failed\" or \"expired\","
                            + " height?, index?, validUntil?}",
                    TransactionStatus::toJson);

    static TransactionStatus of(Hash id, State state) {
        return new TransactionStatus(
                id, state, OptionalLong.empty(), OptionalInt.empty(), OptionalLong.empty());
    }

    static TransactionStatus read(Hash id, ChainReads chain, PendingTransactions pool) {
        // In this order: a transaction leaves the pool only after its block can be read, and one
        // that
        // is not found after a height was reached is not in it.
        long height = chain.head().height();
        var pending = pool.byId(id);
        if (chain.transaction(id) instanceof Lookup.Found<IncludedTransaction>(var included)) {
            boolean succeeded = included.receipt().status() instanceof ExecutionStatus.Succeeded;
            return new TransactionStatus(
                    id,
                    succeeded ? State.FINAL : State.FAILED,
                    OptionalLong.of(included.height()),
                    OptionalInt.of(included.index()),
                    OptionalLong.empty());
        }
        var validUntil =
                pending.map(transaction -> OptionalLong.of(transaction.body().validUntil()))
                        .orElseGet(() -> pool.expired(id));
        if (validUntil.isEmpty()) {
            return of(id, State.UNKNOWN);
        }
        boolean mayCome = pending.isPresent() && validUntil.getAsLong() > height;
        return new TransactionStatus(
                id,
                mayCome ? State.PENDING : State.EXPIRED,
                OptionalLong.empty(),
                OptionalInt.empty(),
                validUntil);
    }

    boolean isIncluded() {
        return state == State.FINAL || state == State.FAILED;
    }

    /** Whether it will not change any more. */
    boolean isSettled() {
        return isIncluded() || state == State.EXPIRED;
    }

    JsonNode toJson() {
        var json =
                Json.object()
                        .put("id", id.toHex())
                        .put("status", state.name().toLowerCase(Locale.ROOT));
        height.ifPresent(value -> json.put("height", Json.u64(value)));
        index.ifPresent(value -> json.put("index", value));
        validUntil.ifPresent(value -> json.put("validUntil", Json.u64(value)));
        return json;
    }
}
