/** Values that every part of the node shares: bytes, hashes, keys, addresses and amounts. */
@NullMarked
package io.computronium.primitives;

import org.jspecify.annotations.NullMarked;
