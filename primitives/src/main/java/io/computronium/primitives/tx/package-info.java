/**
 * Transactions: what an account signs, who may sign for it, and what it asks of the chain.
 *
 * <p>A {@link io.computronium.primitives.tx.Transaction} keeps the canonical bytes it was decoded
 * from, because both of its hashes are over them: the id over the body alone, so that nobody can
 * change it by signing differently, and the wire hash over everything, so that a block commits to
 * the signatures too. The records of this package check only what can be checked without a chain;
 * whether a key may act for an account and whether the payer can pay is decided against a state, in
 * {@code vm}.
 */
@NullMarked
package io.computronium.primitives.tx;

import org.jspecify.annotations.NullMarked;
