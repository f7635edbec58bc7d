/**
 * Spending: from what a user typed to a transaction that is final.
 *
 * <p>{@link io.computronium.cli.wallet.Wallet} turns names into accounts and keys. {@link
 * io.computronium.cli.wallet.Order} is what was typed, and makes the body to sign from it and from
 * nothing that a remote node proposed: the post-condition says what may leave the account, whatever
 * the node thinks of it. {@link io.computronium.cli.wallet.Sender} takes the next sequence, signs
 * and submits, and sends the same bytes again until they are final or expired: a transaction that
 * may be on its way is never replaced by another one.
 */
@NullMarked
package io.computronium.cli.wallet;

import org.jspecify.annotations.NullMarked;
