/** Tests of threads, and the clock that tests set. */
@NullMarked
package io.computronium.node.runtime;

import org.jspecify.annotations.NullMarked;
