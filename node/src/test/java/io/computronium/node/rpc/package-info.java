/** Tests of the server over sockets, with a chain that is made up. */
@NullMarked
package io.computronium.node.rpc;

import org.jspecify.annotations.NullMarked;
