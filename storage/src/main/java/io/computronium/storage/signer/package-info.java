/**
 * What this validator signed, in a file of its own that is written before anything is signed. It
 * holds even if the consensus log is lost: two different signatures for one step cannot come from
 * here (section 1.5 of {@code docs/consensus.md}). Two slots decide what may be signed next; behind
 * them the file keeps what was permitted lately, for whoever wants to see that it was so.
 */
@NullMarked
package io.computronium.storage.signer;

import org.jspecify.annotations.NullMarked;
