/** The composition root, where the pure cores meet I/O. */
@NullMarked
package io.computronium.node;

import org.jspecify.annotations.NullMarked;
