package io.computronium.p2p.message;

/** Anything that one node tells another once the two know each other. Immutable. */
public sealed interface PeerMessage
        permits ConsensusGossip, BlockGossip, BlockSync, TransactionBatch {}
