package io.computronium.node.driver;

import io.computronium.consensus.BlockFacts;
import io.computronium.consensus.Input;
import io.computronium.consensus.Lock;
import io.computronium.consensus.Restored;
import io.computronium.consensus.Timer;
import io.computronium.consensus.Verdict;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.codec.BftCodec;
import io.computronium.storage.wal.WalRecord;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Inputs of the core, and messages about to be signed, as records of the write-ahead log. A format
 * of this node alone: {@code atMillis u64}, then what the kind says, integers big-endian, an absent
 * hash as a zero byte.
 *
 * <p>Of {@code StartHeight} only what the chain cannot tell again is logged: the target and what
 * was restored.
 */
final class WalInputs {

    private static final int START_HEIGHT = 1;
    private static final int PROPOSAL = 2;
    private static final int VOTE = 3;
    private static final int COMMIT = 4;
    private static final int BLOCK_ARRIVED = 5;
    private static final int BLOCK_BUILT = 6;
    private static final int BLOCK_JUDGED = 7;
    private static final int MAJ23 = 8;
    private static final int TIMER = 9;
    private static final int SIGNING_PROPOSAL = 10;
    private static final int SIGNING_VOTE = 11;

    private static final int MAX_NAME_BYTES = 32;
    private static final int FACTS_BYTES = Hash.SIZE + 8 + Hash.SIZE + 8 + PublicKey.SIZE;

    /** Completes a logged {@code StartHeight} from the chain. */
    @FunctionalInterface
    interface HeightStarter {
        Input.StartHeight start(long targetMillis, @Nullable Restored restored, long atMillis);
    }

    /** What a record says. */
    sealed interface Entry {

        /** The core was told this. */
        record Told(Input input) implements Entry {}

        /**
         * This was about to be signed. Together with the signer's file it tells what was signed
         * last, which must be told to the core after a restart: the others may wait for it.
         *
         * @param unsigned our proposal or vote, its signature zeros
         */
        record Signing(Input unsigned) implements Entry {}
    }

    private WalInputs() {}

    /**
     * Notes what is about to be signed.
     *
     * @param unsigned our proposal or vote, its signature zeros
     */
    static WalRecord signing(long height, Input unsigned) {
        return switch (unsigned) {
            case Input.ProposalArrived arrived ->
                    record(
                            height,
                            SIGNING_PROPOSAL,
                            arrived,
                            BftCodec.PROPOSAL.encode(arrived.proposal()));
            case Input.VoteArrived arrived ->
                    record(height, SIGNING_VOTE, arrived, BftCodec.VOTE.encode(arrived.vote()));
            default -> throw new IllegalArgumentException("not a message: " + unsigned);
        };
    }

    /**
     * @param height that the core is at
     */
    static WalRecord encode(long height, Input input) {
        return switch (input) {
            case Input.StartHeight start -> startHeight(start);
            case Input.ProposalArrived arrived ->
                    record(height, PROPOSAL, arrived, BftCodec.PROPOSAL.encode(arrived.proposal()));
            case Input.VoteArrived arrived ->
                    record(height, VOTE, arrived, BftCodec.VOTE.encode(arrived.vote()));
            case Input.CommitArrived arrived ->
                    record(height, COMMIT, arrived, BftCodec.COMMIT.encode(arrived.commit()));
            case Input.BlockArrived arrived ->
                    record(
                            height,
                            BLOCK_ARRIVED,
                            arrived,
                            facts(ByteBuffer.allocate(FACTS_BYTES), arrived.block()));
            case Input.BlockBuilt built ->
                    record(
                            height,
                            BLOCK_BUILT,
                            built,
                            facts(
                                    ByteBuffer.allocate(4 + FACTS_BYTES).putInt(built.round()),
                                    built.block()));
            case Input.BlockJudged judged ->
                    record(
                            height,
                            BLOCK_JUDGED,
                            judged,
                            bytes(
                                    constant(
                                            ByteBuffer.allocate(Hash.SIZE + MAX_NAME_BYTES)
                                                    .put(judged.blockId().toArray()),
                                            judged.verdict())));
            case Input.Maj23Claimed claimed -> maj23(height, claimed);
            case Input.TimerFired fired ->
                    record(
                            height,
                            TIMER,
                            fired,
                            bytes(
                                    constant(
                                                    ByteBuffer.allocate(MAX_NAME_BYTES + 8 + 4),
                                                    fired.timer().kind())
                                            .putLong(fired.timer().height())
                                            .putInt(fired.timer().round())));
            case Input.Resumed resumed ->
                    throw new IllegalArgumentException("a replay is not logged");
        };
    }

    /**
     * @throws MalformedDataException if this is none of our records
     */
    static Entry decode(WalRecord logged, HeightStarter starter) {
        ByteBuffer in = logged.payload().asReadOnlyBuffer();
        try {
            Input input = input(logged, in, starter);
            MalformedDataException.unless(!in.hasRemaining(), "WAL record too long");
            return switch (logged.kind()) {
                case SIGNING_PROPOSAL, SIGNING_VOTE -> new Entry.Signing(input);
                default -> new Entry.Told(input);
            };
        } catch (BufferUnderflowException e) {
            throw new MalformedDataException("WAL record too short", e);
        }
    }

    private static Input input(WalRecord logged, ByteBuffer in, HeightStarter starter) {
        long at = in.getLong();
        return switch (logged.kind()) {
            case START_HEIGHT -> {
                long target = in.getLong();
                int round = in.getInt();
                Restored restored = round < 0 ? null : new Restored(round, lock(round, in));
                yield starter.start(target, restored, at);
            }
            case PROPOSAL, SIGNING_PROPOSAL ->
                    new Input.ProposalArrived(BftCodec.PROPOSAL.decode(rest(in)), at);
            case VOTE, SIGNING_VOTE -> new Input.VoteArrived(BftCodec.VOTE.decode(rest(in)), at);
            case COMMIT -> new Input.CommitArrived(BftCodec.COMMIT.decode(rest(in)), at);
            case BLOCK_ARRIVED -> new Input.BlockArrived(facts(in), at);
            case BLOCK_BUILT -> new Input.BlockBuilt(in.getInt(), facts(in), at);
            case BLOCK_JUDGED ->
                    new Input.BlockJudged(
                            Hash.of(take(in, Hash.SIZE)), constant(Verdict.class, in), at);
            case MAJ23 ->
                    new Input.Maj23Claimed(
                            NodeId.of(take(in, NodeId.SIZE)),
                            constant(VoteKind.class, in),
                            in.getLong(),
                            in.getInt(),
                            hash(in),
                            at);
            case TIMER ->
                    new Input.TimerFired(
                            new Timer(constant(Timer.Kind.class, in), in.getLong(), in.getInt()),
                            at);
            default -> throw new MalformedDataException("WAL record of kind " + logged.kind());
        };
    }

    private static Lock lock(int atRound, ByteBuffer in) {
        int round = in.getInt();
        Hash blockId = hash(in);
        MalformedDataException.unless(
                round >= -1 && round <= atRound && (round == -1) == (blockId == null),
                "WAL record: no possible lock");
        return new Lock(round, blockId);
    }

    private static WalRecord startHeight(Input.StartHeight start) {
        var out = ByteBuffer.allocate(8 + 4 + 4 + 1 + Hash.SIZE).putLong(start.targetMillis());
        Restored restored = start.restored();
        if (restored == null) {
            out.putInt(-1);
        } else {
            out.putInt(restored.round()).putInt(restored.lock().round());
            hash(out, restored.lock().blockId());
        }
        return record(start.height(), START_HEIGHT, start, bytes(out));
    }

    private static WalRecord maj23(long height, Input.Maj23Claimed claimed) {
        var out =
                constant(
                                ByteBuffer.allocate(
                                                NodeId.SIZE
                                                        + MAX_NAME_BYTES
                                                        + 8
                                                        + 4
                                                        + 1
                                                        + Hash.SIZE)
                                        .put(claimed.peer().toArray()),
                                claimed.kind())
                        .putLong(claimed.height())
                        .putInt(claimed.round());
        hash(out, claimed.blockId());
        return record(height, MAJ23, claimed, bytes(out));
    }

    private static WalRecord record(long height, int kind, Input input, byte[] payload) {
        byte[] bytes =
                ByteBuffer.wrap(new byte[8 + payload.length])
                        .putLong(input.atMillis())
                        .put(payload)
                        .array();
        return new WalRecord(height, kind, Bytes.owned(bytes));
    }

    private static byte[] facts(ByteBuffer out, BlockFacts facts) {
        return bytes(
                out.put(facts.id().toArray())
                        .putLong(facts.height())
                        .put(facts.parent().toArray())
                        .putLong(facts.timeMillis())
                        .put(facts.proposer().toArray()));
    }

    private static BlockFacts facts(ByteBuffer in) {
        return new BlockFacts(
                Hash.of(take(in, Hash.SIZE)),
                in.getLong(),
                Hash.of(take(in, Hash.SIZE)),
                in.getLong(),
                PublicKey.of(take(in, PublicKey.SIZE)));
    }

    private static void hash(ByteBuffer out, @Nullable Hash hash) {
        if (hash == null) {
            out.put((byte) 0);
        } else {
            out.put((byte) 1).put(hash.toArray());
        }
    }

    private static @Nullable Hash hash(ByteBuffer in) {
        return in.get() == 0 ? null : Hash.of(take(in, Hash.SIZE));
    }

    /** Constants go by name, so that their order in the source means nothing. */
    private static ByteBuffer constant(ByteBuffer out, Enum<?> constant) {
        byte[] name = constant.name().getBytes(StandardCharsets.US_ASCII);
        return out.put((byte) name.length).put(name);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, ByteBuffer in) {
        String name = new String(take(in, in.get()), StandardCharsets.US_ASCII);
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("WAL record: unknown " + name, e);
        }
    }

    private static byte[] take(ByteBuffer in, int size) {
        MalformedDataException.unless(size >= 0, "WAL record: negative length");
        byte[] bytes = new byte[size];
        in.get(bytes);
        return bytes;
    }

    private static byte[] rest(ByteBuffer in) {
        return take(in, in.remaining());
    }

    private static byte[] bytes(ByteBuffer filled) {
        filled.flip();
        return rest(filled);
    }
}
