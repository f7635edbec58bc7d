package io.computronium.primitives.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.InvalidProtocolBufferException;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.proto.SignedTransactionMessage;
import io.computronium.primitives.proto.TransactionBodyMessage;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.PaymentAuthorisation;
import io.computronium.primitives.tx.Transaction;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the canonical codec refuses. */
class CanonicalCodecTest {

    /** A vote, field by field, so that a row below can spoil one thing. */
    private static final String KIND = "0801";

    private static final String HEIGHT = "100c";
    private static final String ROUND = "1801";
    private static final String BLOCK_ID = "2220" + "09".repeat(32);
    private static final String INDEX = "2802";
    private static final String SIGNATURE = "3240" + "05".repeat(64);

    @Test
    void theFieldsBelowAreAVote() {
        decodeVote(KIND + HEIGHT + ROUND + BLOCK_ID + INDEX + SIGNATURE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "unknown field, {K}{H}{R}{B}{I}{S}3801",
        "unknown length-delimited field, {K}{H}{R}{B}{I}{S}3a00",
        "unknown group, {K}{H}{R}{B}{I}{S}3b3c",
        "group in place of a known field, {K}{H}1b1c{B}{I}{S}",
        "field number over 2^29, {K}{H}{R}{B}{I}{S}f8ffffffff0f01",
        "field number 0, 0001{K}{H}{R}{B}{I}{S}",
        "wrong wire type, {K}1901000000000000001801{B}{I}{S}",
        "out of order, {H}{K}{R}{B}{I}{S}",
        "doubled field, {K}{K}{H}{R}{B}{I}{S}",
        "explicit default, {K}{H}1800{B}{I}{S}",
        "overlong varint, {K}108c00{R}{B}{I}{S}",
        "varint of eleven bytes, {K}10ffffffffffffffffffff01{R}{B}{I}{S}",
        "truncated varint, {K}{H}{R}{B}{I}{S}80",
        "trailing zero byte, {K}{H}{R}{B}{I}{S}00",
        "block id of 31 bytes,"
            + " {K}{H}{R}221f09090909090909090909090909090909090909090909090909090909090909{I}{S}",
        "empty block id, {K}{H}{R}2200{I}{S}",
        "length over the rest, {K}{H}{R}{B}{I}32ff7f05",
        "length of 2^63 and more, {K}{H}{R}{B}{I}32ffffffffffffffffff01",
        "unknown enum value, 0803{H}{R}{B}{I}{S}",
        "height over 63 bits, {K}10ffffffffffffffffff01{R}{B}{I}{S}",
        "round over 31 bits, {K}{H}18ffffffff0f{B}{I}{S}",
        "round over 32 bits, {K}{H}188180808010{B}{I}{S}",
        "height 0, {K}{R}{B}{I}{S}",
        "signature missing, {K}{H}{R}{B}{I}",
    })
    void refusesAVoteWith(String fault, String template) {
        String hex =
                template.replace("{K}", KIND)
                        .replace("{H}", HEIGHT)
                        .replace("{R}", ROUND)
                        .replace("{B}", BLOCK_ID)
                        .replace("{I}", INDEX)
                        .replace("{S}", SIGNATURE);
        assertThrows(MalformedDataException.class, () -> decodeVote(hex), fault);
    }

    private static void decodeVote(String hex) {
        BftCodec.VOTE.decode(HexFormat.of().parseHex(hex));
    }

    @Test
    void refusesAnUnknownFieldAtAnyDepth() {
        byte[] bytes = Samples.full().bytes().toArray();
        for (List<Integer> path : messagesWithin(TransactionShapes.SIGNED, bytes)) {
            byte[] spoilt = insertUnknownField(bytes, path);
            assertThrows(
                    MalformedDataException.class,
                    () -> TransactionCodec.TRANSACTION.decode(spoilt),
                    () -> "at " + path);
        }
    }

    /** End offsets, outermost first, of each message in the bytes together with its ancestors. */
    private static List<List<Integer>> messagesWithin(TransactionShapes shape, byte[] bytes) {
        List<List<Integer>> found = new ArrayList<>();
        shape.collect(bytes, 0, bytes.length, new ArrayList<>(), found);
        assertTrue(found.size() > 20, "the sample has many messages, found " + found.size());
        return found;
    }

    /** Adds field 2047 at the end of the innermost message and mends the lengths around it. */
    private static byte[] insertUnknownField(byte[] bytes, List<Integer> path) {
        return TransactionShapes.insert(bytes, path, HexFormat.of().parseHex("f87f01"));
    }

    @Test
    void refusesADoubledOneof() {
        byte[] call = HexFormat.of().parseHex("0a190a15" + "0d" + "02".repeat(20) + "1001");
        byte[] twice = concat(call, call);
        assertThrows(MalformedDataException.class, () -> withCall(twice));
    }

    /** A body whose only call has these bytes. */
    private static void withCall(byte[] call) {
        byte[] body = TransactionCodec.BODY.encode(Samples.body(null, Samples.transfer()));
        int tag = indexOfCalls(body);
        byte[] spoilt =
                concat(
                        Arrays.copyOf(body, tag),
                        new byte[] {0x5a, (byte) call.length},
                        call,
                        Arrays.copyOfRange(body, tag + 2 + body[tag + 1], body.length));
        TransactionCodec.BODY.decode(spoilt);
    }

    private static int indexOfCalls(byte[] body) {
        for (int i = body.length - 1; i > 0; i--) {
            if (body[i] == 0x5a && i + 2 + body[i + 1] == body.length) {
                return i;
            }
        }
        return fail("no calls in the body");
    }

    @Test
    void theSpoilerOfCallsLeavesAGoodOneAlone() {
        withCall(HexFormat.of().parseHex("0a190a15" + "0d" + "02".repeat(20) + "1001"));
    }

    @Test
    void refusesMoreElementsThanTheSchemaAllowsBeforeBuildingThem() {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < 500_000; i++) {
            out.writeBytes(new byte[] {0x0a, 0});
        }
        var refusal =
                assertThrows(
                        MalformedDataException.class,
                        () -> BftCodec.VALIDATOR_SET.decode(out.toByteArray()));
        assertEquals("ValidatorSet.validators: at most 65536", refusal.getMessage());
    }

    @Test
    void refusesSeventeenCalls() {
        var seventeen = new Call[17];
        Arrays.fill(seventeen, Samples.transfer());
        assertThrows(MalformedDataException.class, () -> Samples.body(null, seventeen));
    }

    @Test
    void refusesALongMemo() {
        assertThrows(
                MalformedDataException.class,
                () -> Samples.body(null, List.of(), Bytes.owned(new byte[65]), Samples.transfer()));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "-9223372036854775808"})
    void refusesATransferOf(long amount) {
        assertThrows(
                MalformedDataException.class,
                () -> new Call.Transfer(Samples.account(1), amount, null));
    }

    @Test
    void refusesAnAmountOfMoreThan63Bits() throws InvalidProtocolBufferException {
        byte[] body = TransactionCodec.BODY.encode(Samples.body(null, Samples.transfer()));
        var message = TransactionBodyMessage.parseFrom(body).toBuilder();
        message.getCallsBuilder(0).getTransferBuilder().setAmount(Long.MIN_VALUE);
        byte[] overflowing = message.build().toByteArray();
        assertThrows(MalformedDataException.class, () -> TransactionCodec.BODY.decode(overflowing));
    }

    @Test
    void refusesATransactionThatNobodySigned() throws InvalidProtocolBufferException {
        byte[] signed = TransactionCodec.TRANSACTION.encode(Samples.plain());
        var message = SignedTransactionMessage.parseFrom(signed).toBuilder().clearSender();
        byte[] unsigned = message.build().toByteArray();
        assertThrows(
                MalformedDataException.class, () -> TransactionCodec.TRANSACTION.decode(unsigned));
    }

    @Test
    void refusesAPayerCredentialWithoutPayerAndTheOtherWayRound() {
        var credential = Samples.plain().sender();
        assertThrows(
                MalformedDataException.class,
                () ->
                        TransactionCodec.assemble(
                                Samples.body(null, Samples.transfer()), credential, credential));
        assertThrows(
                MalformedDataException.class,
                () ->
                        TransactionCodec.assemble(
                                Samples.body(Samples.account(5), Samples.transfer()),
                                credential,
                                null));
    }

    /** Whatever the bytes: an error of one type, or a value that encodes to the same bytes. */
    @Test
    void survivesMutations() {
        long seed = Long.getLong("seed", 20_261_121L);
        var random = new SplittableRandom(seed);
        byte[][] samples = {
            Samples.plain().bytes().toArray(),
            Samples.full().bytes().toArray(),
            BlockCodec.BLOCK.encode(Samples.block()),
            ReceiptCodec.RECEIPT.encode(Samples.kernelFailed()),
            PaymentCodec.AUTHORISATION.encode(Samples.payments().getLast())
        };
        List<Codec<?>> codecs =
                List.of(
                        TransactionCodec.TRANSACTION,
                        TransactionCodec.TRANSACTION,
                        BlockCodec.BLOCK,
                        ReceiptCodec.RECEIPT,
                        PaymentCodec.AUTHORISATION);
        for (int i = 0; i < 40_000; i++) {
            int which = random.nextInt(samples.length);
            checkMutation(codecs.get(which), mutate(samples[which], random), seed, i);
        }
    }

    private static <T> void checkMutation(Codec<T> codec, byte[] bytes, long seed, int step) {
        try {
            T value = codec.decode(bytes);
            assertTrue(
                    Arrays.equals(bytes, codec.encode(value)),
                    () -> "not canonical: seed " + seed + " step " + step);
        } catch (MalformedDataException expected) {
            return;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + " step " + step, e);
        }
    }

    private static byte[] mutate(byte[] sample, SplittableRandom random) {
        byte[] bytes = sample.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                default ->
                        bytes =
                                concat(
                                        Arrays.copyOf(bytes, at),
                                        new byte[] {(byte) random.nextInt(256)},
                                        Arrays.copyOfRange(bytes, at, bytes.length));
            }
        }
        return bytes;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "amount of nothing, 0, 0, 60, 32, 32",
        "negative amount, -1, 0, 60, 32, 32",
        "empty window, 1, 60, 60, 32, 32",
        "window that ends before it begins, 1, 61, 60, 32, 32",
        "negative height, 1, -1, 60, 32, 32",
        "short nonce, 1, 0, 60, 31, 32",
        "long nonce, 1, 0, 60, 33, 32",
        "no resource, 1, 0, 60, 32, 0",
    })
    void refusesAPaymentAuthorisationWith(
            String fault, long amount, long after, long before, int nonce, int resource) {
        assertThrows(
                MalformedDataException.class,
                () ->
                        new PaymentAuthorisation(
                                PaymentAuthorisation.Scheme.EXACT,
                                Samples.account(1),
                                Samples.account(2),
                                amount,
                                Asset.COIN,
                                after,
                                before,
                                Bytes.owned(new byte[nonce]),
                                Bytes.owned(new byte[resource])),
                fault);
    }

    @Test
    void refusesATransactionOverTheLimit() {
        assertThrows(
                MalformedDataException.class,
                () -> TransactionCodec.TRANSACTION.decode(new byte[Transaction.MAX_BYTES + 1]));
    }

    static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
