@NullMarked
package io.computronium.storage.signer;

import org.jspecify.annotations.NullMarked;
