/** Tests of meters. */
@NullMarked
package io.computronium.node.metrics;

import org.jspecify.annotations.NullMarked;
