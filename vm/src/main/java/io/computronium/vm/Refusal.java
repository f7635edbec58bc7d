package io.computronium.vm;

import io.computronium.primitives.tx.TransactionFault;

/**
 * Why a transaction may not run.
 *
 * @param detail what was found and what was expected, for people; no interface depends on it
 */
public record Refusal(TransactionFault fault, String detail) {}
