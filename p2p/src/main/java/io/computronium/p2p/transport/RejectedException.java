package io.computronium.p2p.transport;

import io.computronium.p2p.Rejection;
import io.netty.handler.codec.DecoderException;

/**
 * Ends a connection from within a handler. Being a decoder's exception, it is passed on unwrapped.
 */
final class RejectedException extends DecoderException {

    private static final long serialVersionUID = 1;

    private final Rejection rejection;

    RejectedException(Rejection rejection, String detail) {
        super(detail);
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }
}
