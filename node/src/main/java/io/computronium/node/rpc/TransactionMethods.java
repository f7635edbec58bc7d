package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.node.mempool.PendingTransactions;
import io.computronium.node.mempool.TxAdmission;
import io.computronium.node.rpc.RpcError.Kind;
import io.computronium.node.rpc.RpcMethod.Access;
import io.computronium.node.rpc.TransactionStatus.State;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionFault;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Namespace {@code tx_}. */
final class TransactionMethods {

    private static final int MAX_WAIT_MILLIS = 10_000;
    private static final long MAX_ADMISSION_MILLIS = 5_000;

    private static final Param<Hash> ID = Param.hash("id", "a transaction's id in hex");
    private static final Param<String> TRANSACTION =
            Param.text("transaction", "a signed transaction in hex", text -> text);
    private static final Param<Integer> TIMEOUT =
            Param.integer("timeoutMillis", "how long to wait", 0, MAX_WAIT_MILLIS);

    private final ChainReads chain;
    private final PendingTransactions pool;
    private final TransactionIntake intake;
    private final NodeReads node;

    TransactionMethods(
            ChainReads chain, PendingTransactions pool, TransactionIntake intake, NodeReads node) {
        this.chain = chain;
        this.pool = pool;
        this.intake = intake;
        this.node = node;
    }

    List<RpcMethod<?, ?>> all() {
        return List.of(submit(), status(), get(), await(), simulate());
    }

    private RpcMethod<String, TransactionStatus> submit() {
        return new RpcMethod<>(
                "tx_submit",
                "Hands a signed transaction in; the same one again is no error.",
                Access.WRITE,
                ParamsCodec.of(TRANSACTION),
                new ResultCodec<>(
                        "{id, status: \"pending\", \"final\" or \"failed\"}",
                        TransactionStatus::toJson),
                5,
                this::submit);
    }

    private TransactionStatus submit(String hex) throws InterruptedException {
        requireSynced();
        var bytes = bytes(hex);
        return switch (admission(bytes)) {
            case TxAdmission.Accepted(Hash id) -> TransactionStatus.of(id, State.PENDING);
            case TxAdmission.Known(Hash id) -> TransactionStatus.of(id, State.PENDING);
            case TxAdmission.Refused(TransactionFault fault, String detail) ->
                    included(bytes, fault, detail);
            case TxAdmission.PoolRefused(TxAdmission.Reason reason) ->
                    throw RpcError.refused(reason.code(), "");
        };
    }

    private TxAdmission admission(byte[] bytes) throws InterruptedException {
        try {
            return intake.submit(bytes).get(MAX_ADMISSION_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new TxAdmission.PoolRefused(TxAdmission.Reason.BUSY);
        } catch (ExecutionException e) {
            throw new IllegalStateException("admission failed", e);
        }
    }

    /** The same transaction again, after its block: its sequence is used, by itself. */
    private TransactionStatus included(byte[] bytes, TransactionFault fault, String detail) {
        if (fault != TransactionFault.MALFORMED) {
            var status = TransactionStatus.read(decode(bytes).id(), chain, pool);
            if (status.isIncluded()) {
                return status;
            }
        }
        throw RpcError.refused(fault.code(), detail);
    }

    private RpcMethod<Hash, TransactionStatus> status() {
        return new RpcMethod<>(
                "tx_status",
                "What became of a transaction.",
                Access.READ,
                ParamsCodec.of(ID),
                TransactionStatus.RESULT,
                2,
                id -> TransactionStatus.read(id, chain, pool));
    }

    private record Wait(Hash id, int timeoutMillis) {}

    private RpcMethod<Wait, TransactionStatus> await() {
        return new RpcMethod<>(
                "tx_wait",
                "As tx_status, once that will not change any more or the time is over.",
                Access.READ,
                new ParamsCodec<>(
                        List.of(ID, TIMEOUT),
                        arguments -> new Wait(arguments.require(ID), arguments.require(TIMEOUT))),
                TransactionStatus.RESULT,
                20,
                this::await);
    }

    private TransactionStatus await(Wait wait) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait.timeoutMillis);
        while (true) {
            long height = chain.head().height();
            var status = TransactionStatus.read(wait.id, chain, pool);
            long left = deadline - System.nanoTime();
            if (status.isSettled() || left <= 0) {
                return status;
            }
            try {
                chain.reached(height + 1).get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return TransactionStatus.read(wait.id, chain, pool);
            } catch (ExecutionException e) {
                throw new IllegalStateException("waiting for a block failed", e);
            }
        }
    }

    private record Details(
            Hash id, Transaction transaction, @Nullable IncludedTransaction included) {}

    private RpcMethod<Hash, Details> get() {
        return new RpcMethod<>(
                "tx_get",
                "A transaction, and its receipt once it is final.",
                Access.READ,
                ParamsCodec.of(ID),
                new ResultCodec<>(
                        "{id, transaction} and, once final, {height, index, blockId, receipt}",
                        TransactionMethods::toJson),
                5,
                this::details);
    }

    private Details details(Hash id) {
        // The pool first: a transaction leaves it only after its block can be read.
        var pending = pool.byId(id);
        return switch (chain.transaction(id)) {
            case Lookup.Found<IncludedTransaction>(var included) ->
                    new Details(id, included.transaction(), included);
            case Lookup.NotFound<IncludedTransaction> _ ->
                    new Details(
                            id,
                            pending.orElseThrow(() -> RpcError.notFound("transaction " + id)),
                            null);
            case Lookup.Pruned<IncludedTransaction> _ ->
                    throw new RpcError(Kind.PRUNED, "transaction " + id + ": pruned");
        };
    }

    private static JsonNode toJson(Details details) {
        var json = Json.object().put("id", details.id.toHex());
        var included = details.included;
        if (included != null) {
            json.put("height", Json.u64(included.height()))
                    .put("index", included.index())
                    .put("blockId", included.blockId().toHex());
        }
        json.set("transaction", TransactionJson.transaction(details.transaction));
        if (included != null) {
            json.set("receipt", TransactionJson.receipt(included.receipt()));
        }
        return json;
    }

    private RpcMethod<String, Simulation.Ran> simulate() {
        return new RpcMethod<>(
                "tx_simulate",
                "What a transaction would do now; its signatures may be zeros.",
                Access.READ,
                ParamsCodec.of(TRANSACTION),
                new ResultCodec<>(
                        "{height, receipt, balanceChanges: [{principal, asset, delta}]}",
                        TransactionMethods::toJson),
                50,
                this::simulate);
    }

    private Simulation.Ran simulate(String hex) {
        requireSynced();
        return switch (chain.simulate(decode(bytes(hex)))) {
            case Simulation.Ran ran -> ran;
            case Simulation.Refused(TxAdmission.Refused refusal) ->
                    throw RpcError.refused(refusal.fault().code(), refusal.detail());
        };
    }

    private static JsonNode toJson(Simulation.Ran ran) {
        var json = Json.object().put("height", Json.u64(ran.height()));
        json.set("receipt", TransactionJson.receipt(ran.receipt()));
        return json.set(
                "balanceChanges",
                Json.array(
                        ran.balanceChanges(),
                        change ->
                                Json.object()
                                        .put("principal", change.principal().toString())
                                        .put("asset", TransactionJson.asset(change.asset()))
                                        .put("delta", Long.toString(change.delta()))));
    }

    private void requireSynced() {
        if (node.status().syncing()) {
            throw new RpcError(Kind.SYNCING, "the node is catching up");
        }
    }

    private static byte[] bytes(String hex) {
        try {
            return Bytes.ofHex(hex).toArray();
        } catch (MalformedDataException e) {
            throw malformed(e);
        }
    }

    private static Transaction decode(byte[] bytes) {
        try {
            return TransactionCodec.TRANSACTION.decode(bytes);
        } catch (MalformedDataException e) {
            throw malformed(e);
        }
    }

    private static RpcError malformed(MalformedDataException e) {
        return RpcError.refused(TransactionFault.MALFORMED.code(), String.valueOf(e.getMessage()));
    }
}
