/** Execution of transactions and blocks as pure functions over a state reader. */
@NullMarked
package io.computronium.vm;

import org.jspecify.annotations.NullMarked;
