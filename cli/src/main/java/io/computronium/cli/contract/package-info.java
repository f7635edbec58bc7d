/**
 * From what people type to values of the contract language. {@link
 * io.computronium.cli.contract.Names} finds contracts and accounts, {@link
 * io.computronium.cli.contract.ArgumentReader} reads an argument by the type and unit that the
 * contract declares.
 */
@NullMarked
package io.computronium.cli.contract;

import org.jspecify.annotations.NullMarked;
