/**
 * What a node measures of itself.
 *
 * <p>Each node has a registry of its own, so several in one process do not mix. Names are those of
 * the Grafana dashboard: {@code cptm_} and then what is measured, in base units.
 */
@NullMarked
package io.computronium.node.metrics;

import org.jspecify.annotations.NullMarked;
