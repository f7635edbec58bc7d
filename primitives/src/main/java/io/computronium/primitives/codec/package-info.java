/**
 * Canonical bytes: the one encoding of everything that is hashed, signed, stored or sent.
 *
 * <p>The schema is the {@code .proto} files of this module. Protobuf alone is not canonical: it
 * admits unknown fields, explicit defaults, fields in any order or twice, overlong varints. A
 * decoder here accepts bytes only if <em>bytes → message → record → fresh message → bytes</em>
 * gives the same bytes. Going through the record matters, because a plain re-encoding of the
 * message would keep unknown fields. Before the message is built, {@link
 * io.computronium.primitives.codec.WireShape} walks the bytes by the schema and refuses what breaks
 * its limits, so that nothing is allocated for a megabyte of two-byte elements.
 *
 * <p>Generated classes stay inside packages named {@code codec}; everyone else sees records.
 */
@NullMarked
package io.computronium.primitives.codec;

import org.jspecify.annotations.NullMarked;
