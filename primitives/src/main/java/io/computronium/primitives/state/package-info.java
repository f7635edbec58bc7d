/**
 * The shape of the state: how keys are made and what the records hold. Everything here is under the
 * state root, so a light client needs nothing but this package to read a proven value.
 */
@NullMarked
package io.computronium.primitives.state;

import org.jspecify.annotations.NullMarked;
