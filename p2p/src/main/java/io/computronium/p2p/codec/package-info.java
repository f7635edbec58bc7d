/** The bytes of messages. */
@NullMarked
package io.computronium.p2p.codec;

import org.jspecify.annotations.NullMarked;
