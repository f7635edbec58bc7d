package io.computronium.consensus;

/**
 * What execution says of a block. Only what every honest node would find may be called invalid;
 * "too late" or "cannot tell" is no verdict at all (D10, D11).
 */
public enum Verdict {
    VALID,
    INVALID
}
