/**
 * How a built-in contract is declared. A contract is one file that states its storage, methods,
 * errors and events as values, and whose methods are plain functions of a {@link
 * io.computronium.vm.contract.Frame}. Everything else is derived from the declaration: the decoding
 * and checking of arguments, the interface that machines read, the page of documentation, the
 * commands of the wallet.
 *
 * <p>The bridge between Java and the contract language is {@link
 * io.computronium.vm.contract.Shape}: how a Java type appears as a value of the language.
 * Parameters, results, records in the state, keys of maps and fields of events all have one, so
 * that a contract in Java looks from outside like one that was deployed as source.
 */
@NullMarked
package io.computronium.vm.contract;

import org.jspecify.annotations.NullMarked;
