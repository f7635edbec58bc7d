/** What this validator last signed, so that it never contradicts it. */
@NullMarked
package io.computronium.storage.signer;

import org.jspecify.annotations.NullMarked;
