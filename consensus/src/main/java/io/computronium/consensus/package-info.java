/** The BFT state machine: inputs in, effects out, and nothing else. */
@NullMarked
package io.computronium.consensus;

import org.jspecify.annotations.NullMarked;
