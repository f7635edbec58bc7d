/** The {@code cptm} command. */
@NullMarked
package io.computronium.cli;

import org.jspecify.annotations.NullMarked;
