/**
 * The types of the contract language: what a parameter, a result and a record in the state may be.
 * A type is a bound as well: whoever knows it knows the most bytes that a value takes.
 */
@NullMarked
package io.computronium.vm.type;

import org.jspecify.annotations.NullMarked;
