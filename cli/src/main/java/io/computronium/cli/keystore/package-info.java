/**
 * Secret keys on disk.
 *
 * <p>A user's key is one JSON file in the shape of ERC-2335: the password goes through a slow
 * function (scrypt when we write, scrypt or PBKDF2 when we read), half of what comes out encrypts
 * the seed with AES-256-GCM, the other half makes the checksum that tells a wrong password. The
 * public key stands beside it in the clear, so that listing keys and looking accounts up asks for
 * no password; it is bound to the seed by the cipher and compared after decryption.
 *
 * <p>A node's keys are not encrypted, since nobody types a password when a machine restarts; what
 * protects them is the mode of the file.
 *
 * <p>Whatever is read here may have been written by anyone: files are small or refused, the costs
 * of the slow function are bounded before it runs, and no fault of a file goes unnamed.
 */
@NullMarked
package io.computronium.cli.keystore;

import org.jspecify.annotations.NullMarked;
