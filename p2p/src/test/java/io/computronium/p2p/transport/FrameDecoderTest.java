package io.computronium.p2p.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.computronium.p2p.Rejection;
import io.computronium.p2p.codec.Frame;
import io.computronium.p2p.codec.FrameType;
import io.computronium.primitives.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameDecoderTest {

    private static final Frame HELLO = new Frame(FrameType.HELLO, Bytes.ofHex("0102"));

    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder());

    private static ByteBuf bytes(Frame... frames) {
        ByteBuf out = Unpooled.buffer();
        for (Frame frame : frames) {
            header(out, frame.payload().size(), frame.type().code())
                    .writeBytes(frame.payload().toArray());
        }
        return out;
    }

    private static ByteBuf header(ByteBuf out, int length, int code) {
        return out.writeInt(length).writeByte(code);
    }

    @Test
    void framesComeWholeHoweverTheStreamIsCut() {
        var votes = new Frame(FrameType.VOTE, Bytes.ofHex("aabbcc"));
        var large = new Frame(FrameType.BLOCK_PART, Bytes.owned(new byte[100_000]));
        List<Frame> frames = List.of(HELLO, votes, Frame.PING, large, votes);
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var fresh = new EmbeddedChannel(new FrameDecoder());
            ByteBuf all = bytes(frames.toArray(Frame[]::new));
            while (all.isReadable()) {
                int most = random.nextInt(4) == 0 ? 50_000 : 7;
                int size = Math.min(all.readableBytes(), 1 + random.nextInt(most));
                fresh.writeInbound(all.readBytes(size));
            }
            for (Frame frame : frames) {
                assertEquals(frame, fresh.readInbound(), "seed " + seed);
            }
            assertNull(fresh.readInbound());
        }
    }

    @Test
    void aLengthIsJudgedBeforeThePayloadComes() {
        channel.writeInbound(bytes(HELLO));
        for (int length : new int[] {FrameType.VOTE.maxBytes() + 1, Integer.MAX_VALUE, -1}) {
            var fresh = new EmbeddedChannel(new FrameDecoder());
            fresh.writeInbound(bytes(HELLO));
            assertRejected(
                    Rejection.OVERSIZED,
                    fresh,
                    header(Unpooled.buffer(), length, FrameType.VOTE.code()));
        }
    }

    @Test
    void theFirstFrameIsHelloAndNoOtherIs() {
        assertRejected(Rejection.UNKNOWN_TYPE, channel, bytes(Frame.PING));
        var greeted = new EmbeddedChannel(new FrameDecoder());
        greeted.writeInbound(bytes(HELLO));
        assertRejected(Rejection.UNKNOWN_TYPE, greeted, bytes(HELLO));
    }

    @Test
    void nothingIsDecodedAfterAFault() {
        assertRejected(Rejection.UNKNOWN_TYPE, channel, header(Unpooled.buffer(), 0, 0xff));
        channel.writeInbound(bytes(HELLO));
        assertNull(channel.readInbound());
    }

    private static void assertRejected(Rejection rejection, EmbeddedChannel channel, ByteBuf in) {
        var thrown = assertThrows(RejectedException.class, () -> channel.writeInbound(in));
        assertEquals(rejection, thrown.rejection());
    }
}
