package io.computronium.node.driver;

import io.computronium.p2p.message.BlockGossip.BodiesResponse;
import io.computronium.p2p.message.BlockGossip.CompactBlock;
import io.computronium.p2p.message.BlockGossip.CompactBlockHashes;
import io.computronium.p2p.message.IndexSet;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.tx.Transaction;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts blocks of one height together: from a compact block, the pool, and bodies asked of a peer.
 * For the consensus thread.
 *
 * <p>Holds at most {@value #MAX_BLOCKS} unfinished blocks; a new one takes the place of the oldest
 * that nobody wants, and is refused if all are wanted.
 */
final class BlockAssembler {

    static final int MAX_BLOCKS = 8;

    /** A block that is complete. */
    record Assembled(Block block, List<Transaction> unverified) {}

    /** What a message led to. */
    sealed interface Progress {

        /** The block is complete. */
        record Complete(Hash blockId, Assembled assembled) implements Progress {}

        /** These bodies are to be asked for. */
        record Missing(Hash blockId, IndexSet indexes) implements Progress {}

        /** Nothing to do now. */
        record Waiting() implements Progress {}
    }

    private static final Progress WAITING = new Progress.Waiting();

    private final Function<Hash, Optional<Transaction>> pool;
    private final Map<Hash, Partial> partials = new LinkedHashMap<>();

    BlockAssembler(Function<Hash, Optional<Transaction>> pool) {
        this.pool = pool;
    }

    /** Forgets everything: another height begins. */
    void clear() {
        partials.clear();
    }

    /** Protects a block, whether it has been heard of or not. */
    void want(Hash blockId) {
        Partial partial = partials.get(blockId);
        if (partial != null) {
            partial.wanted = true;
        } else if (makeRoom()) {
            partials.put(blockId, new Partial(true));
        }
    }

    /** Wanted blocks of which not even the compact form is here. */
    List<Hash> unheard() {
        return partials.entrySet().stream()
                .filter(entry -> entry.getValue().wanted && entry.getValue().compact == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Wanted blocks that lack bodies, with what they lack. */
    List<Progress.Missing> incomplete() {
        return partials.entrySet().stream()
                .filter(entry -> entry.getValue().wanted && entry.getValue().lacksBodies())
                .map(entry -> entry.getValue().missing(entry.getKey()))
                .toList();
    }

    /** Who sent the compact form of a block. */
    Optional<NodeId> source(Hash blockId) {
        return Optional.ofNullable(partials.get(blockId))
                .flatMap(p -> Optional.ofNullable(p.source));
    }

    /** The wire hashes of a block, once all are here. */
    Optional<List<Hash>> wireHashes(Hash blockId) {
        return Optional.ofNullable(partials.get(blockId))
                .filter(Partial::hasAllHashes)
                .map(partial -> List.of(partial.hashes));
    }

    Progress onCompactBlock(NodeId from, CompactBlock message) {
        Hash id = BlockCodec.idOf(message.header());
        Partial partial = partials.get(id);
        if (partial == null) {
            if (!makeRoom()) {
                return WAITING;
            }
            partial = new Partial(false);
            partials.put(id, partial);
        }
        if (partial.compact != null) {
            return WAITING;
        }
        partial.begin(from, message);
        return onHashes(id, partial, 0, message.wireHashes());
    }

    Progress onHashes(CompactBlockHashes message) {
        Partial partial = partials.get(message.blockId());
        return partial == null || partial.compact == null || partial.hasAllHashes()
                ? WAITING
                : onHashes(message.blockId(), partial, message.offset(), message.wireHashes());
    }

    private Progress onHashes(Hash id, Partial partial, int offset, List<Hash> hashes) {
        partial.add(offset, hashes);
        if (!partial.hasAllHashes()) {
            return WAITING;
        }
        partial.checkRoot();
        partial.fill(pool);
        return partial.lacksBodies() ? partial.missing(id) : complete(id, partial);
    }

    /**
     * Takes bodies in.
     *
     * @throws MalformedDataException if one is not a transaction, or not the one asked for
     */
    Progress onBodies(BodiesResponse message) {
        Partial partial = partials.get(message.blockId());
        if (partial == null || !partial.hasAllHashes() || !partial.lacksBodies()) {
            return WAITING;
        }
        BitSet places = message.indexes().toBitSet();
        int place = -1;
        for (var bytes : message.transactions()) {
            place = places.nextSetBit(place + 1);
            partial.put(place, TransactionCodec.TRANSACTION.decode(bytes.toArray()));
        }
        return partial.lacksBodies() ? WAITING : complete(message.blockId(), partial);
    }

    private Progress complete(Hash id, Partial partial) {
        partials.remove(id);
        return new Progress.Complete(id, partial.assemble());
    }

    private boolean makeRoom() {
        if (partials.size() < MAX_BLOCKS) {
            return true;
        }
        Iterator<Partial> oldestFirst = partials.values().iterator();
        while (oldestFirst.hasNext()) {
            if (!oldestFirst.next().wanted) {
                oldestFirst.remove();
                return true;
            }
        }
        return false;
    }

    /** A block on its way. */
    private static final class Partial {
        private boolean wanted;
        private @Nullable NodeId source;
        private @Nullable CompactBlock compact;
        private Hash[] hashes = new Hash[0];
        private final BitSet hashesHere = new BitSet();
        private Transaction[] bodies = new Transaction[0];
        private final BitSet bodiesHere = new BitSet();
        private final BitSet unverified = new BitSet();

        Partial(boolean wanted) {
            this.wanted = wanted;
        }

        void begin(NodeId from, CompactBlock message) {
            source = from;
            compact = message;
            hashes = new Hash[message.transactionCount()];
            bodies = new Transaction[message.transactionCount()];
        }

        void add(int offset, List<Hash> more) {
            MalformedDataException.unless(
                    offset + more.size() <= hashes.length, "compactBlock: too many hashes");
            for (int i = 0; i < more.size(); i++) {
                hashes[offset + i] = more.get(i);
            }
            hashesHere.set(offset, offset + more.size());
        }

        boolean hasAllHashes() {
            return compact != null && hashesHere.cardinality() == hashes.length;
        }

        void checkRoot() {
            MalformedDataException.unless(
                    compact != null
                            && BlockCodec.transactionRoot(List.of(hashes))
                                    .equals(compact.header().transactionRoot()),
                    "compactBlock: hashes are not the header's");
        }

        void fill(Function<Hash, Optional<Transaction>> pool) {
            for (int i = 0; i < hashes.length; i++) {
                Optional<Transaction> known = pool.apply(hashes[i]);
                if (known.isPresent()) {
                    bodies[i] = known.get();
                    bodiesHere.set(i);
                }
            }
        }

        void put(int index, Transaction body) {
            MalformedDataException.unless(
                    index >= 0 && index < hashes.length && body.wireHash().equals(hashes[index]),
                    "bodies: not the one asked for");
            if (!bodiesHere.get(index)) {
                bodies[index] = body;
                bodiesHere.set(index);
                unverified.set(index);
            }
        }

        boolean lacksBodies() {
            return hasAllHashes() && bodiesHere.cardinality() < bodies.length;
        }

        Progress.Missing missing(Hash id) {
            var lacking = new BitSet(bodies.length);
            lacking.set(0, bodies.length);
            lacking.andNot(bodiesHere);
            return new Progress.Missing(id, IndexSet.of(lacking));
        }

        Assembled assemble() {
            if (compact == null) {
                throw new IllegalStateException("nothing to assemble");
            }
            var block =
                    new Block(
                            compact.header(),
                            compact.lastCommit(),
                            compact.evidence(),
                            Arrays.asList(bodies));
            return new Assembled(block, unverified.stream().mapToObj(i -> bodies[i]).toList());
        }
    }
}
