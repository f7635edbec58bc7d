/**
 * How stored values become bytes. What is also sent or hashed has its codec in {@code
 * primitives.codec}; here are the plain layouts of keys, and what looks into stored bytes without
 * decoding all of them.
 */
@NullMarked
package io.computronium.storage.codec;

import org.jspecify.annotations.NullMarked;
