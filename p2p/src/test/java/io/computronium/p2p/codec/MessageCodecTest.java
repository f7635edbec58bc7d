package io.computronium.p2p.codec;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.computronium.p2p.Hello;
import io.computronium.p2p.Samples;
import io.computronium.p2p.message.BlockGossip;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.ConsensusGossip;
import io.computronium.p2p.message.IndexSet;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.p2p.message.TransactionBatch;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.tx.Transaction;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class MessageCodecTest {

    private static final int MUTATIONS = 20_000;

    @Test
    void everyMessageComesBackAsItWas() {
        for (long seed = 0; seed < 50; seed++) {
            for (PeerMessage message : new Samples(new Random(seed)).messages()) {
                assertEquals(
                        message, MessageCodec.decode(MessageCodec.encode(message)), "seed " + seed);
            }
        }
    }

    @Test
    void helloComesBackAsItWas() {
        for (long seed = 0; seed < 50; seed++) {
            Hello hello = new Samples(new Random(seed)).hello();
            assertEquals(
                    hello, MessageCodec.decodeHello(MessageCodec.encode(hello)), "seed " + seed);
        }
    }

    /** So that a new message cannot be forgotten in the tests above and below. */
    @Test
    void samplesCoverEveryFrameType() {
        Set<FrameType> seen = EnumSet.of(FrameType.HELLO, FrameType.PING);
        new Samples(new Random(1)).messages().forEach(m -> seen.add(MessageCodec.encode(m).type()));
        assertEquals(EnumSet.allOf(FrameType.class), seen);
    }

    @Test
    void codesAreUniqueAndFound() {
        for (FrameType type : FrameType.values()) {
            assertEquals(type, FrameType.ofCode(type.code()));
            assertTrue(type.maxBytes() <= FrameType.MAX_BYTES, type.name());
        }
    }

    @TestFactory
    Stream<DynamicTest> theLargestMessagesFitTheirFrames() {
        var samples = new Samples(new Random(5));
        BitSet last = new BitSet();
        last.set(Block.MAX_TRANSACTIONS - 2_048, Block.MAX_TRANSACTIONS);
        return Stream.of(
                        samples.compactBlock(1L << 62, Block.MAX_EVIDENCE, Block.MAX_TRANSACTIONS),
                        samples.blockHead(1L << 62, Block.MAX_EVIDENCE, Block.MAX_TRANSACTIONS),
                        new ConsensusGossip.CommitResponse(samples.commit(1L << 62, 6_000)),
                        new BlockGossip.CompactBlockHashes(
                                samples.hash(),
                                3 * BlockGossip.MAX_HASHES,
                                samples.hashes(BlockGossip.MAX_HASHES)),
                        new BlockGossip.BodiesRequest(samples.hash(), IndexSet.of(last)),
                        new BlockGossip.BodiesResponse(
                                samples.hash(),
                                IndexSet.of(last),
                                samples.transactions(2_048, 128)),
                        new BlockSync.BlockPart(1L << 62, 65_535, samples.transactions(2_048, 128)),
                        new TransactionBatch(samples.transactions(2_048, 128)),
                        new TransactionBatch(samples.transactions(1, Transaction.MAX_BYTES)))
                .map(message ->
                        DynamicTest.dynamicTest(
                                message.getClass().getSimpleName(),
                                () ->
                                        assertEquals(
                                                message,
                                                MessageCodec.decode(
                                                        MessageCodec.encode(message)))));
    }

    /**
     * The bytes of the small messages, field by field, so that no change of them goes unnoticed.
     */
    @Test
    void bytesAreFrozen() {
        Hash ones = Hash.ofHex("11".repeat(32));
        BitSet places = new BitSet();
        places.set(0);
        places.set(9);
        assertAll(
                () ->
                        assertBytes(
                                "0805" + "1002" + "1802" + "2001",
                                new ConsensusGossip.NewStep(
                                        5, 2, ConsensusGossip.RoundStep.PREVOTE, -1)),
                () ->
                        assertBytes(
                                "08ac02" + "1801" + "2003",
                                new ConsensusGossip.HasVote(300, 0, VoteKind.PREVOTE, 3)),
                () ->
                        assertBytes(
                                "0805" + "1802" + "2220" + "11".repeat(32),
                                new ConsensusGossip.Maj23(5, 0, VoteKind.PRECOMMIT, ones)),
                () -> assertBytes("0807", new ConsensusGossip.CommitRequest(7)),
                () ->
                        assertBytes(
                                "0a20" + "11".repeat(32) + "1202" + "0102",
                                new BlockGossip.BodiesRequest(ones, IndexSet.of(places))),
                () -> assertBytes("", new BlockSync.StatusRequest()),
                () -> assertBytes("0801" + "1009", new BlockSync.Status(1, 9)),
                () -> assertBytes("0801" + "1014", new BlockSync.BlockRequest(1, 20)),
                () ->
                        assertBytes(
                                "0a02" + "abcd" + "0a01" + "ef",
                                new TransactionBatch(
                                        List.of(Bytes.ofHex("abcd"), Bytes.ofHex("ef")))));
    }

    private static void assertBytes(String hex, PeerMessage message) {
        assertEquals(hex, MessageCodec.encode(message).payload().toHex());
    }

    @TestFactory
    Stream<DynamicTest> refuses() {
        return Stream.of(
                refused("no kind", FrameType.HAS_VOTE, "0805"),
                refused("unknown kind", FrameType.HAS_VOTE, "0805" + "1803"),
                refused("no step", FrameType.NEW_STEP, "0805"),
                refused("height 0", FrameType.COMMIT_REQUEST, ""),
                refused("explicit default", FrameType.COMMIT_REQUEST, "0805" + "1000"),
                refused("overlong varint", FrameType.COMMIT_REQUEST, "088500"),
                refused("unknown field", FrameType.COMMIT_REQUEST, "0805" + "1801"),
                refused("fields out of order", FrameType.STATUS, "1009" + "0801"),
                refused("lowest above height", FrameType.STATUS, "0809" + "1001"),
                refused("21 blocks", FrameType.BLOCK_REQUEST, "0801" + "1015"),
                refused("0 blocks", FrameType.BLOCK_REQUEST, "0801"),
                refused("no transactions", FrameType.TRANSACTION_BATCH, ""),
                refused("an empty transaction", FrameType.TRANSACTION_BATCH, "0a00"),
                refused("no places", FrameType.BODIES_REQUEST, "0a20" + "11".repeat(32)),
                refused(
                        "places with a zero byte at the end",
                        FrameType.BODIES_REQUEST,
                        "0a20" + "11".repeat(32) + "1202" + "0100"),
                refused(
                        "more bodies than places",
                        FrameType.BODIES_RESPONSE,
                        "0a20" + "11".repeat(32) + "1201" + "01" + "1a01aa" + "1a01bb"),
                refused(
                        "short block id",
                        FrameType.MAJ23,
                        "0805" + "1801" + "221f" + "11".repeat(31)),
                refused("a ping as message", FrameType.PING, ""),
                refused("a Hello as message", FrameType.HELLO, ""));
    }

    private static DynamicTest refused(String name, FrameType type, String hex) {
        Frame frame = Frame.of(type, HexFormat.of().parseHex(hex));
        return DynamicTest.dynamicTest(
                name,
                () -> assertThrows(MalformedDataException.class, () -> MessageCodec.decode(frame)));
    }

    /**
     * Any other outcome than a value or a {@link MalformedDataException} would kill a connection.
     */
    @Test
    void damagedBytesAreDecodedCanonicallyOrRefused() {
        long seed = 20_260_901;
        var random = new Random(seed);
        List<Frame> frames =
                Stream.concat(
                                new Samples(random).messages().stream().map(MessageCodec::encode),
                                Stream.of(MessageCodec.encode(new Samples(random).hello())))
                        .toList();
        int accepted = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            Frame frame = frames.get(random.nextInt(frames.size()));
            byte[] damaged = damage(frame.payload().toArray(), random);
            if (damaged.length <= frame.type().maxBytes()) {
                accepted +=
                        decodes(Frame.of(frame.type(), damaged), "seed " + seed + ", case " + i);
            }
        }
        assertTrue(accepted > 0, "damage to a hash or signature leaves a message well formed");
    }

    @Test
    void noiseIsRefused() {
        long seed = 7;
        var random = new Random(seed);
        List<FrameType> types = List.of(FrameType.values());
        for (int i = 0; i < MUTATIONS; i++) {
            FrameType type = types.get(random.nextInt(types.size()));
            byte[] noise = new byte[random.nextInt(Math.min(type.maxBytes(), 300) + 1)];
            random.nextBytes(noise);
            decodes(Frame.of(type, noise), "seed " + seed + ", case " + i);
        }
    }

    private static int decodes(Frame frame, String where) {
        Bytes payload = frame.payload();
        try {
            Frame again =
                    frame.type() == FrameType.HELLO
                            ? MessageCodec.encode(MessageCodec.decodeHello(frame))
                            : MessageCodec.encode(MessageCodec.decode(frame));
            assertEquals(payload, again.payload(), where);
            return 1;
        } catch (MalformedDataException expected) {
            return 0;
        } catch (RuntimeException e) {
            return fail(where + ": " + frame.type() + " " + payload, e);
        }
    }

    private static byte[] damage(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        for (int i = random.nextInt(3); i >= 0 && damaged.length > 0; i--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(5)) {
                case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> damaged[at] = (byte) random.nextInt();
                case 2 -> damaged = Arrays.copyOf(damaged, at);
                case 3 -> damaged = Arrays.copyOf(damaged, damaged.length + 1 + random.nextInt(4));
                default -> {
                    byte[] doubled = Arrays.copyOf(damaged, damaged.length + at);
                    System.arraycopy(damaged, 0, doubled, damaged.length, at);
                    damaged = doubled;
                }
            }
        }
        return damaged;
    }
}
