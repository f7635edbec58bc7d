/** The document that a chain starts from, and the presets of known networks. */
@NullMarked
package io.computronium.genesis;

import org.jspecify.annotations.NullMarked;
