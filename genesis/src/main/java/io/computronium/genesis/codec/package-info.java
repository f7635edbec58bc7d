/** The canonical bytes of genesis documents and chain parameters, and their hashes. */
@NullMarked
package io.computronium.genesis.codec;

import org.jspecify.annotations.NullMarked;
