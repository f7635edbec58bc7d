package io.computronium.node.driver;

import io.computronium.p2p.message.BlockGossip.BodiesResponse;
import io.computronium.p2p.message.BlockGossip.CompactBlock;
import io.computronium.p2p.message.BlockGossip.CompactBlockHashes;
import io.computronium.p2p.message.IndexSet;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.codec.BftCodec;
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

        /** The block is wanted and complete. */
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

    /** Protects a block, whether it has been heard of or not, and hands it out if it is here. */
    Progress want(Hash blockId) {
        Partial partial = partials.get(blockId);
        if (partial == null && !makeRoom()) {
            return WAITING;
        }
        if (partial == null) {
            partial = new Partial();
            partials.put(blockId, partial);
        }
        partial.wanted = true;
        return partial.hasAllBodies() ? complete(blockId, partial) : WAITING;
    }

    /** Wanted blocks of which not even the compact form is here as a whole. */
    List<Hash> unheard() {
        return partials.entrySet().stream()
                .filter(entry -> entry.getValue().wanted && !entry.getValue().hasAllHashes())
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

    /**
     * Takes a compact block in. While hashes of an earlier one are lacking, this one takes its
     * place: the rest of the earlier one may never come.
     *
     * @throws MalformedDataException if its parts are not those that the header names
     */
    Progress onCompactBlock(NodeId from, CompactBlock message) {
        requireFitting(message);
        Hash id = BlockCodec.idOf(message.header());
        Partial partial = partials.get(id);
        if (partial == null) {
            if (!makeRoom()) {
                return WAITING;
            }
            partial = new Partial();
            partials.put(id, partial);
        }
        if (partial.hasAllHashes()) {
            return WAITING;
        }
        partial.begin(from, message);
        return onHashes(id, partial, 0, message.wireHashes());
    }

    /** Else a stranger could have an honest block judged invalid. */
    private static void requireFitting(CompactBlock message) {
        MalformedDataException.unless(
                message.header().lastCommitHash().equals(BftCodec.hashOf(message.lastCommit())),
                "compactBlock: last commit is not the header's");
        MalformedDataException.unless(
                message.header().evidenceRoot().equals(BftCodec.rootOf(message.evidence())),
                "compactBlock: evidence is not the header's");
    }

    /**
     * Takes more hashes in, from the peer that sent the compact block; those of others could not be
     * told from false ones.
     *
     * @throws MalformedDataException if they are not those that the header names
     */
    Progress onHashes(NodeId from, CompactBlockHashes message) {
        Partial partial = partials.get(message.blockId());
        return partial == null || !partial.isFrom(from) || partial.hasAllHashes()
                ? WAITING
                : onHashes(message.blockId(), partial, message.offset(), message.wireHashes());
    }

    private Progress onHashes(Hash id, Partial partial, int offset, List<Hash> hashes) {
        try {
            partial.add(offset, hashes);
            if (!partial.hasAllHashes()) {
                return WAITING;
            }
            partial.checkRoot();
        } catch (MalformedDataException e) {
            partial.forget();
            throw e;
        }
        partial.fill(pool);
        return partial.hasAllBodies() ? handOut(id, partial) : partial.missing(id);
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
        return partial.hasAllBodies() ? handOut(message.blockId(), partial) : WAITING;
    }

    /** A block that nobody wants stays, within the bound. */
    private Progress handOut(Hash id, Partial partial) {
        return partial.wanted ? complete(id, partial) : WAITING;
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

        boolean isFrom(NodeId peer) {
            return source != null && source.equals(peer);
        }

        void begin(NodeId from, CompactBlock message) {
            forget();
            source = from;
            compact = message;
            hashes = new Hash[message.transactionCount()];
            bodies = new Transaction[message.transactionCount()];
        }

        /** Takes back to when nothing but the id was known. */
        void forget() {
            source = null;
            compact = null;
            hashes = new Hash[0];
            hashesHere.clear();
            bodies = new Transaction[0];
            bodiesHere.clear();
            unverified.clear();
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

        boolean hasAllBodies() {
            return hasAllHashes() && bodiesHere.cardinality() == bodies.length;
        }

        boolean lacksBodies() {
            return hasAllHashes() && !hasAllBodies();
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
