package io.computronium.p2p;

/** Why a connection, or an attempt at one, was ended by this side. */
public enum Rejection {
    /** Too many connections in all. */
    CONNECTIONS,
    /** Too many connections from the address or its network. */
    ADDRESS,
    /** Too many connections that have not said Hello yet. */
    HANDSHAKES,
    /** TLS failed: not TLS 1.3, no certificate, one that is not a node's, another protocol. */
    TLS,
    /** No Hello in time. */
    HELLO_TIMEOUT,
    /** A dialled address answered with another node's key. */
    WRONG_NODE,
    /** The node itself. */
    SELF,
    /** Another chain id or another genesis. */
    WRONG_CHAIN,
    /** No common protocol version. */
    VERSION,
    /** A frame longer than its type allows. */
    OVERSIZED,
    /** A frame of a type that does not exist, or not at this point. */
    UNKNOWN_TYPE,
    /** A payload that is not the canonical encoding of its type. */
    MALFORMED,
    /** Nothing received for too long. */
    SILENT,
    /** The listener closed the peer. */
    LISTENER
}
