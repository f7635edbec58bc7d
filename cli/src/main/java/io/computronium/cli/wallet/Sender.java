package io.computronium.cli.wallet;

import io.computronium.cli.rpc.ChainClient;
import io.computronium.cli.rpc.ChainClient.Chain;
import io.computronium.cli.rpc.ChainClient.Status;
import io.computronium.cli.rpc.RpcError;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.primitives.Hash;
import io.computronium.primitives.tx.Transaction;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongFunction;

/** Gets transactions into the chain. One thread. */
public final class Sender {

    /** How many sequences are tried when others wait that we did not know of. */
    private static final int MAX_ATTEMPTS = 64;

    /** For how long a node that is busy or gone is asked again. */
    private static final long PATIENCE_MILLIS = 30_000;

    private static final long PAUSE_MILLIS = 250;

    private final ChainClient client;
    private final Chain chain;
    private final Path home;
    private final Clock clock;

    /**
     * @param home where sequences are remembered
     */
    public Sender(ChainClient client, Chain chain, Path home, Clock clock) {
        this.client = client;
        this.chain = chain;
        this.home = home;
        this.clock = clock;
    }

    /** The sequence that the next transaction of {@code order}'s sender would take. */
    public long nextSequence(Order order) {
        try (var journal = journal(order)) {
            return next(journal, order);
        }
    }

    /**
     * Signs and submits with the next free sequence.
     *
     * @param signed makes the transaction for a sequence
     * @return what the pool took, or what turned out to be in a block already
     * @throws RpcError if the pool refuses it for another reason than its sequence
     */
    public Transaction send(Order order, LongFunction<Transaction> signed) {
        try (var journal = journal(order)) {
            long sequence = next(journal, order);
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                var transaction = signed.apply(sequence);
                // Before submitting: a crash in between costs nothing, one after it a double.
                journal.record(new SequenceJournal.Sent(sequence, transaction.id()));
                try {
                    submit(transaction);
                    return transaction;
                } catch (RpcError e) {
                    switch (e.refusal()) {
                        case "replacement_underpriced" -> sequence++;
                        case "sequence_used" -> {
                            // Our own first submission may have got through without an answer.
                            if (client.status(transaction.id()).state() != Status.State.UNKNOWN) {
                                return transaction;
                            }
                            sequence = Math.max(sequence + 1, committed(order));
                        }
                        default -> throw e;
                    }
                }
            }
        }
        throw new Failure(
                ErrorCode.TRANSACTION_REFUSED,
                "the account has " + MAX_ATTEMPTS + " transactions waiting",
                "wait until some are final; cptm account show " + order.from());
    }

    /**
     * Submits, again and again while the node is busy or does not answer.
     *
     * @throws RpcError if the pool refuses it
     */
    public void submit(Transaction transaction) {
        long start = clock.millis();
        while (true) {
            try {
                client.submit(transaction.bytes());
                return;
            } catch (Failure e) {
                if (!isPassing(e) || clock.millis() - start > PATIENCE_MILLIS) {
                    throw e.with("id", transaction.id().toHex());
                }
                pause();
            }
        }
    }

    /**
     * Waits until a submitted transaction is final, failed or expired; while it is neither, nodes
     * that forgot it get the same bytes again.
     */
    public Status await(Transaction transaction) {
        long heard = clock.millis();
        while (true) {
            try {
                var status = client.await(transaction.id(), ChainClient.MAX_WAIT_MILLIS);
                heard = clock.millis();
                switch (status.state()) {
                    case FINAL, FAILED, EXPIRED -> {
                        return status;
                    }
                    case UNKNOWN -> {
                        if (!resubmit(transaction)) {
                            return new Status(Status.State.EXPIRED, 0);
                        }
                    }
                    case PENDING -> {}
                }
            } catch (Failure e) {
                if (!isPassing(e) || clock.millis() - heard > PATIENCE_MILLIS) {
                    throw new Failure(
                                    e.code(),
                                    e.reason() + "; the transaction may still become final",
                                    "cptm tx show " + transaction.id(),
                                    e)
                            .with("id", transaction.id().toHex());
                }
                pause();
            }
        }
    }

    /** Whether a transaction that the node does not know can still become final. */
    private boolean resubmit(Transaction transaction) {
        try {
            client.submit(transaction.bytes());
            return true;
        } catch (RpcError e) {
            // It may have got into a block between the two questions.
            if (client.status(transaction.id()).state() != Status.State.UNKNOWN) {
                return true;
            }
            if (e.refusal().equals("expired")) {
                return false;
            }
            throw e;
        }
    }

    private long next(SequenceJournal journal, Order order) {
        long committed = committed(order);
        var last = journal.last();
        if (last.isPresent() && last.get().sequence() >= committed && isWaiting(last.get().id())) {
            return last.get().sequence() + 1;
        }
        return committed;
    }

    private long committed(Order order) {
        return client.account(order.from()).nextSequence();
    }

    private boolean isWaiting(Hash id) {
        return client.status(id).state() == Status.State.PENDING;
    }

    private SequenceJournal journal(Order order) {
        return SequenceJournal.open(home, chain.identity(), order.from().address());
    }

    /** Whether the same request may well be answered a little later. */
    private static boolean isPassing(Failure failure) {
        return failure.code() == ErrorCode.NODE_TIMEOUT && !Thread.currentThread().isInterrupted()
                || failure.code() == ErrorCode.NODE_UNREACHABLE
                || failure instanceof RpcError error
                        && (error.refusal().equals("busy") || error.rpcCode() == RpcError.SYNCING);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
