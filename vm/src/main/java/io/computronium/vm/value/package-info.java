/**
 * The values that contracts take, return and announce, with the bytes that SIP-005 gives them. The
 * contract language and the built-in contracts share them.
 */
@NullMarked
package io.computronium.vm.value;

import org.jspecify.annotations.NullMarked;
