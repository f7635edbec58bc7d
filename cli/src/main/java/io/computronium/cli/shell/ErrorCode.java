package io.computronium.cli.shell;

import java.util.Locale;

/**
 * Why a command failed. Number and name are stable, once released never given to another error;
 * messages are not.
 */
public enum ErrorCode {
    /** A defect of ours. */
    INTERNAL(1),
    /** The command line is wrong. The exit code is 2, for all others 1. */
    USAGE(2),
    /** A file cannot be read or written. */
    IO(3),

    /** Nobody answers at the endpoint. */
    NODE_UNREACHABLE(10),
    NODE_TIMEOUT(11),
    /** What answers does not speak our JSON-RPC. */
    NODE_ANSWER(12),
    /** The node answered with an error; {@code details.rpcCode} has its code. */
    NODE_ERROR(13),
    /** The node does not know the thing asked for. */
    NOT_FOUND(14),
    /** A node on another host says so, and nothing proves it yet. */
    UNVERIFIED(15),

    /** The pool refused the transaction; {@code details.reason} has the reason. */
    TRANSACTION_REFUSED(20),
    /** The transaction is in a block, without effects beyond its fee. */
    TRANSACTION_FAILED(21),
    TRANSACTION_EXPIRED(22),
    /** Sending would cost more than {@code --max-spend}. */
    MAX_SPEND(23),
    /** Text or bytes of a transaction that is none. */
    TRANSACTION_MALFORMED(24),

    UNKNOWN_ACCOUNT(30),
    ADDRESS_MALFORMED(31),
    /** An address of another network than the chain's. */
    ADDRESS_FOREIGN(32),

    KEY_UNKNOWN(40),
    KEY_EXISTS(41),
    KEY_NAME(42),
    /** The password is wrong, or the encrypted part of the file was altered. */
    KEY_PASSWORD(43),
    KEY_PASSWORD_MISSING(44),
    /** The file is not a keystore file, or not all of one. */
    KEY_DAMAGED(45),
    /** Others may read the file or change the folder. */
    KEY_PERMISSIONS(46),

    /** {@code details.faults} lists each fault with its key. */
    CONFIG(50),
    GENESIS(51),
    /** The folder is not what the command needs: already there, missing, or not ours. */
    HOME(52),
    /** The node did not start. */
    NODE_START(53),
    /** Another process runs in this folder. */
    HOME_IN_USE(54),
    /** A running node ended by itself. */
    NODE_STOPPED(55),
    /** A validator signed two different messages where only one may be. */
    DOUBLE_SIGNATURE(56),

    /** A contract answered a read with an error; {@code details.reason} has its name. */
    CONTRACT_ERROR(60);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The name for programs, in lower case. */
    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the process exits with. */
    public int exitCode() {
        return this == USAGE ? 2 : 1;
    }
}
