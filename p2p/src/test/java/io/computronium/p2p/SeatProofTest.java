package io.computronium.p2p;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.NodeId;
import org.junit.jupiter.api.Test;

final class SeatProofTest {

    @Test
    void holdsForOneNodeOneEpochAndOneChain() {
        NodeId node = NodeId.ofKey(Samples.key(1).publicKey());
        var proof = SeatProof.sign(Samples.key(2), Samples.CHAIN, 3, node);
        assertTrue(proof.isValid(Samples.CHAIN, node));

        assertFalse(proof.isValid(Samples.CHAIN, NodeId.ofKey(Samples.key(4).publicKey())));
        var elsewhere = new ChainIdentity("samples-2", Samples.CHAIN.genesisHash());
        assertFalse(proof.isValid(elsewhere, node));
        var later = new SeatProof(proof.validatorKey(), 4, proof.signature());
        assertFalse(later.isValid(Samples.CHAIN, node));
        var stolen = new SeatProof(Samples.key(1).publicKey(), 3, proof.signature());
        assertFalse(stolen.isValid(Samples.CHAIN, node));
    }
}
