package io.computronium.primitives.crypto;

/** The first byte of everything that is hashed, which says what it is. Values are never reused. */
public enum Domain {
    /** An entry of a Merkle tree (RFC 6962). */
    MERKLE_LEAF(0x00),
    /** An inner node of a Merkle tree (RFC 6962). */
    MERKLE_INNER(0x01),
    /** A key and its value in the state tree, both as hashes. */
    STATE_LEAF(0x02),
    /** An inner node of the state tree. */
    STATE_INNER(0x03),
    /** A block's header; the hash is the block's id. */
    HEADER(0x10),
    /** A transaction's body; the hash is the transaction's id. */
    TRANSACTION(0x11),
    /** A transaction as it travels, credentials included. */
    WIRE(0x12),
    /** A commit certificate. */
    COMMIT(0x13),
    /** The chain's parameters. */
    PARAMETERS(0x14),
    /** The genesis document. */
    GENESIS(0x15),
    /** The seed of an epoch's order of proposers. */
    PROPOSER_ORDER(0x16),
    /** The keys, weights and threshold that a multi-key account's address is made of. */
    MULTI_ADDRESS(0x17),
    /** What the address of an account without keys is made of. */
    KEYLESS_ADDRESS(0x18),
    /** A key of the state. */
    STATE_KEY(0x19),
    /** A value of the state. */
    STATE_VALUE(0x1a),
    /** A payment that is signed off chain; the hash is its id. */
    PAYMENT_AUTHORISATION(0x1b);

    private final byte code;

    Domain(int code) {
        this.code = (byte) code;
    }

    /** The byte that the hashed bytes start with. */
    public byte code() {
        return code;
    }
}
