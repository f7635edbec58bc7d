/**
 * Catching up: final blocks from peers, each with the certificate that proves it.
 *
 * <p>Heights that peers claim are hints and no more (a lone high claim must cost one request, not
 * the node): a block is imported when its certificate is valid for the validator set that this node
 * itself arrived at.
 */
@NullMarked
package io.computronium.node.sync;

import org.jspecify.annotations.NullMarked;
