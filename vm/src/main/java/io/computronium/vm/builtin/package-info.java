/**
 * The built-in contracts, a file each: what they store, offer, announce and refuse, with the
 * functions that do it. {@link io.computronium.vm.builtin.BuiltIns} lists them.
 */
@NullMarked
package io.computronium.vm.builtin;

import org.jspecify.annotations.NullMarked;
