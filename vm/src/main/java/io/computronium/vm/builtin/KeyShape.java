package io.computronium.vm.builtin;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.vm.contract.Shape;

/** Keys and signatures as buffers. */
final class KeyShape {

    /** A key that may act for an account: canonical and not of small order. */
    static final Shape<PublicKey> ACCOUNT_KEY =
            Shape.bytes(PublicKey.SIZE)
                    .map(
                            bytes -> {
                                PublicKey key = PublicKey.of(bytes.toArray());
                                MalformedDataException.unless(
                                        Ed25519.isValidAccountKey(key), "key: not one of accounts");
                                return key;
                            },
                            key -> Bytes.owned(key.toArray()));

    static final Shape<Signature> SIGNATURE =
            Shape.bytes(Signature.SIZE)
                    .map(
                            bytes -> Signature.of(bytes.toArray()),
                            signature -> Bytes.owned(signature.toArray()));

    private KeyShape() {}
}
