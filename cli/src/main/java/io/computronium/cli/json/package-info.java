/** Reading JSON from files and nodes that may contain anything, with faults that say where. */
@NullMarked
package io.computronium.cli.json;

import org.jspecify.annotations.NullMarked;
