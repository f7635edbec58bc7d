/**
 * Hashes, signatures, trees of hashes and certificates: what the chain believes because it can
 * compute it.
 *
 * <p>Every hash starts with a byte that says what is hashed ({@link
 * io.computronium.primitives.crypto.Domain}), so that no bytes of one kind can pass for another.
 * Two trees stand on that: {@link io.computronium.primitives.crypto.MerkleTree} over the lists of a
 * block (RFC 6962) and the sparse tree of the state, of which the hashing and the proofs are here
 * ({@link io.computronium.primitives.crypto.StateHashing}, {@link
 * io.computronium.primitives.crypto.StateProof}) and the storing is not.
 *
 * <p>Signatures are Ed25519 by one rule, that of BouncyCastle's cofactored check, in one class
 * ({@link io.computronium.primitives.crypto.Ed25519}). Libraries differ on crafted signatures, so
 * which signatures are valid is consensus and no other class may decide it; BouncyCastle is used in
 * this package alone. Many signatures at once are verified by our own arithmetic, to the same rule
 * ({@link io.computronium.primitives.crypto.batch}).
 */
@NullMarked
package io.computronium.primitives.crypto;

import org.jspecify.annotations.NullMarked;
