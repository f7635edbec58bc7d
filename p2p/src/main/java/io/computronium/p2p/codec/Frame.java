package io.computronium.p2p.codec;

import io.computronium.primitives.Bytes;

/** A message as it travels. Its payload has passed no check but that of its length. */
public record Frame(FrameType type, Bytes payload) {

    public static final Frame PING = new Frame(FrameType.PING, Bytes.EMPTY);

    public Frame {
        if (payload.size() > type.maxBytes()) {
            throw new IllegalArgumentException(type + " of " + payload.size() + " bytes");
        }
    }

    static Frame of(FrameType type, byte[] ownedPayload) {
        return new Frame(type, Bytes.owned(ownedPayload));
    }
}
