package io.computronium.p2p.transport;

import io.computronium.p2p.Rejection;
import io.computronium.p2p.codec.Frame;
import io.computronium.p2p.codec.FrameType;
import io.computronium.primitives.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream into frames. Length and type are judged as soon as they are there, before
 * anything is kept for the payload. The first frame must be a Hello and no other may be one, so
 * that a stranger cannot make us hold more than that.
 */
final class FrameDecoder extends ByteToMessageDecoder {

    private static final int HEADER_BYTES = Integer.BYTES + 1;

    private @Nullable FrameType pending;
    private int pendingLength;
    private boolean greeted;
    private boolean broken;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (pending == null) {
            if (in.readableBytes() < HEADER_BYTES) {
                return;
            }
            pending = header(in);
        }
        if (in.readableBytes() >= pendingLength) {
            byte[] payload = new byte[pendingLength];
            in.readBytes(payload);
            out.add(new Frame(pending, Bytes.owned(payload)));
            pending = null;
        }
    }

    private FrameType header(ByteBuf in) {
        long length = in.readUnsignedInt();
        int code = in.readUnsignedByte();
        FrameType type = FrameType.ofCode(code);
        if (type == null || (type == FrameType.HELLO) == greeted) {
            throw broken(
                    Rejection.UNKNOWN_TYPE,
                    "type 0x%02x %s Hello".formatted(code, greeted ? "after" : "before"));
        }
        if (length > type.maxBytes()) {
            throw broken(
                    Rejection.OVERSIZED,
                    type + " of " + length + " bytes, at most " + type.maxBytes());
        }
        greeted = true;
        pendingLength = (int) length;
        return type;
    }

    private RejectedException broken(Rejection rejection, String detail) {
        broken = true;
        return new RejectedException(rejection, detail);
    }
}
