/** Sockets, TLS and framing. */
@NullMarked
package io.computronium.p2p.transport;

import org.jspecify.annotations.NullMarked;
