package io.computronium.node.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.computronium.consensus.BlockFacts;
import io.computronium.consensus.Input;
import io.computronium.consensus.Lock;
import io.computronium.consensus.Parent;
import io.computronium.consensus.ProposerOrder;
import io.computronium.consensus.Restored;
import io.computronium.consensus.Timer;
import io.computronium.consensus.Verdict;
import io.computronium.node.execution.ChainSpec;
import io.computronium.node.execution.MemoryChain;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.storage.wal.WalRecord;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes into the write-ahead log comes out of it, and nothing else does. */
class WalInputsTest {

    private static final long HEIGHT = 7;
    private static final long AT = 1_700_000_007_123L;
    private static final Hash BLOCK = Hash.ofHex("ab".repeat(32));
    private static final Signature SIGNATURE = Signature.of(new byte[Signature.SIZE]);
    private static final ChainSpec SPEC = MemoryChain.spec(4);

    private static final BlockFacts FACTS =
            new BlockFacts(
                    BLOCK,
                    HEIGHT,
                    Hash.ofHex("cd".repeat(32)),
                    AT - 5,
                    PublicKey.ofHex("ef".repeat(32)));

    private static Input.StartHeight start(
            long targetMillis, @Nullable Restored restored, long atMillis) {
        var validators = SPEC.genesis().validatorSet();
        var order =
                ProposerOrder.of(
                        validators, SPEC.identity().genesisHash(), SPEC.consensus().epochs(), 0);
        return new Input.StartHeight(
                HEIGHT,
                new Parent(BLOCK, AT, validators, MemoryChain.of(4).certificate(HEIGHT - 1, BLOCK)),
                validators,
                order,
                SPEC.consensus(),
                targetMillis,
                restored,
                atMillis);
    }

    static Stream<Input> inputs() {
        return Stream.of(messages(), others(), timers()).flatMap(some -> some);
    }

    private static Stream<Input> others() {
        return Stream.of(
                start(AT + 3, null, AT),
                start(AT + 3, new Restored(4, Lock.NONE), AT),
                start(AT + 3, new Restored(4, new Lock(2, BLOCK)), AT),
                start(AT + 3, new Restored(0, new Lock(0, BLOCK)), AT),
                new Input.CommitArrived(MemoryChain.of(4).certificate(HEIGHT, BLOCK), AT),
                new Input.BlockArrived(FACTS, AT),
                new Input.BlockBuilt(3, FACTS, AT),
                new Input.BlockJudged(BLOCK, Verdict.VALID, AT),
                new Input.BlockJudged(BLOCK, Verdict.INVALID, AT),
                claim(VoteKind.PREVOTE, BLOCK),
                claim(VoteKind.PRECOMMIT, null));
    }

    private static Stream<Input> timers() {
        return Arrays.stream(Timer.Kind.values())
                .map(kind -> new Input.TimerFired(new Timer(kind, HEIGHT, 5), AT));
    }

    private static Stream<Input> messages() {
        return Stream.of(
                new Input.ProposalArrived(new Proposal(HEIGHT, 3, 1, BLOCK, SIGNATURE), AT),
                new Input.ProposalArrived(new Proposal(HEIGHT, 0, -1, BLOCK, SIGNATURE), AT),
                vote(VoteKind.PREVOTE, BLOCK),
                vote(VoteKind.PRECOMMIT, null));
    }

    private static Input vote(VoteKind kind, @Nullable Hash blockId) {
        return new Input.VoteArrived(new Vote(kind, HEIGHT, 2, blockId, 3, SIGNATURE), AT);
    }

    private static Input claim(VoteKind kind, @Nullable Hash blockId) {
        NodeId peer = NodeId.ofHex("11".repeat(20));
        return new Input.Maj23Claimed(peer, kind, HEIGHT, 2, blockId, AT);
    }

    private static WalInputs.Entry decode(WalRecord logged) {
        return WalInputs.decode(logged, WalInputsTest::start);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void anInputComesBack(Input input) {
        WalRecord logged = WalInputs.encode(HEIGHT, input);
        assertEquals(HEIGHT, logged.height());
        assertEquals(new WalInputs.Entry.Told(input), decode(logged));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageAboutToBeSignedComesBack(Input unsigned) {
        WalRecord logged = WalInputs.signing(HEIGHT, unsigned);
        assertEquals(HEIGHT, logged.height());
        assertEquals(new WalInputs.Entry.Signing(unsigned), decode(logged));
    }

    @Test
    void everyKindOfInputIsTold() {
        // Whoever adds a kind adds it to this test, or says here why it is not logged.
        long told = inputs().map(Object::getClass).distinct().count();
        long notLogged = 1; // Resumed
        long sealed =
                (long) Input.class.getPermittedSubclasses().length
                        + Input.InHeight.class.getPermittedSubclasses().length
                        - 1; // InHeight itself
        assertEquals(sealed, told + notLogged);
    }

    @Test
    void whatIsNeverLoggedIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> WalInputs.encode(HEIGHT, new Input.Resumed(null, AT)));
        assertThrows(
                IllegalArgumentException.class,
                () -> WalInputs.signing(HEIGHT, new Input.Resumed(null, AT)));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aRecordOfAnotherLengthIsMalformed(Input input) {
        // A certificate cut after its block id is one without signers, which no core believes.
        assumeFalse(input instanceof Input.CommitArrived);
        WalRecord logged = WalInputs.encode(HEIGHT, input);
        byte[] payload = logged.payload().toArray();
        for (int length = 0; length <= payload.length + 1; length++) {
            if (length != payload.length) {
                requireMalformed(logged.kind(), Arrays.copyOf(payload, length));
            }
        }
    }

    private static void requireMalformed(int kind, byte[] payload) {
        var logged = new WalRecord(HEIGHT, kind, Bytes.copyOf(payload));
        assertThrows(
                MalformedDataException.class,
                () -> decode(logged),
                () -> "kind " + kind + ": " + logged.payload().toHex());
    }

    @Test
    void anUnknownKindIsMalformed() {
        requireMalformed(12, new byte[100]);
        requireMalformed(WalRecord.MAX_KIND, new byte[8]);
    }

    @Test
    void garbageIsMalformedOrAnInput() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] payload = new byte[random.nextInt(160)];
            random.nextBytes(payload);
            // Lengths and discriminators of garbage are mostly absurd; make some likely.
            for (int j = 8; j < payload.length && random.nextBoolean(); j++) {
                payload[j] = (byte) random.nextInt(-1, 2);
            }
            var logged = new WalRecord(HEIGHT, 1 + random.nextInt(12), Bytes.copyOf(payload));
            try {
                decode(logged);
            } catch (MalformedDataException e) {
                // as it should be
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + logged, e);
            }
        }
    }

    @Test
    void garbageInAGoodRecordIsMalformedOrAnotherInput() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var records = inputs().map(input -> WalInputs.encode(HEIGHT, input)).toList();
        for (int i = 0; i < 5_000; i++) {
            WalRecord good = records.get(random.nextInt(records.size()));
            byte[] payload = good.payload().toArray();
            payload[random.nextInt(payload.length)] = (byte) random.nextInt();
            try {
                decode(new WalRecord(HEIGHT, good.kind(), Bytes.copyOf(payload)));
            } catch (MalformedDataException e) {
                // as it should be
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + Bytes.copyOf(payload).toHex(), e);
            }
        }
    }
}
