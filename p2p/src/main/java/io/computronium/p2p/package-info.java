/** How nodes talk: encrypted transport, peers, gossip and sync. */
@NullMarked
package io.computronium.p2p;

import org.jspecify.annotations.NullMarked;
