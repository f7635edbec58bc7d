/**
 * Execution as pure functions: what a transaction may do, what it costs, and what a block does to
 * the state.
 *
 * <p>A transaction meets three gates. {@link io.computronium.vm.TransactionRules} looks at it
 * alone, {@link io.computronium.vm.SignatureChecks} names the signatures that the node then
 * verifies in batches, and {@link io.computronium.vm.InclusionRules} looks at it and the accounts;
 * the mempool and the block ask the same object. What passes all three runs in {@link
 * io.computronium.vm.BlockExecution}, can only cost its own fee from there on, and leaves a
 * receipt.
 *
 * <p>Nothing here reads a clock, a file or a random number, and iteration is over ordered
 * collections only: the same block over the same state gives the same write set on every machine.
 */
@NullMarked
package io.computronium.vm;

import org.jspecify.annotations.NullMarked;
