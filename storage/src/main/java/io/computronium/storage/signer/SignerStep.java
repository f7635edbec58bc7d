package io.computronium.storage.signer;

/** What is signed within a round, in the order in which it may be. */
public enum SignerStep {
    PROPOSAL,
    PREVOTE,
    PRECOMMIT
}
