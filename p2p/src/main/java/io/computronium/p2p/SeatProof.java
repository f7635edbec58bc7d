package io.computronium.p2p;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.crypto.KeyPair;

/**
 * A validator's word, signed with its consensus key, that a node speaks for it in one epoch.
 *
 * @param epoch from 0
 */
public record SeatProof(PublicKey validatorKey, long epoch, Signature signature) {

    public SeatProof {
        MalformedDataException.unless(epoch >= 0, "seatProof.epoch: over 63 bits");
    }

    public static SeatProof sign(KeyPair validator, ChainIdentity chain, long epoch, NodeId node) {
        byte[] message = SignBytes.seatProof(chain, epoch, node.toArray());
        return new SeatProof(validator.publicKey(), epoch, validator.sign(message));
    }

    /** Whether the signature is good; whether the key has a seat is for the caller to know. */
    public boolean isValid(ChainIdentity chain, NodeId node) {
        byte[] message = SignBytes.seatProof(chain, epoch, node.toArray());
        return Ed25519.verify(validatorKey, message, signature);
    }
}
