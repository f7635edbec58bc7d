/** Measurements: JMH benchmarks and the load generator. */
@NullMarked
package io.computronium.benchmarks;

import org.jspecify.annotations.NullMarked;
