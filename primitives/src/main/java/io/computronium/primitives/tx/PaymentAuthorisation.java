package io.computronium.primitives.tx;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;

/**
 * A payer's word that a payee may draw an amount once. It is signed off chain and handed to whoever
 * settles it, who needs no right of its own: payee, asset and the most that can be drawn are in
 * what is signed (x402 schemes {@code exact} and {@code upto}; windows and nonces as in ERC-3009).
 *
 * @param maxAmount over 0; with {@link Scheme#EXACT} the amount itself
 * @param validAfter the last height at which it is not valid yet
 * @param validBefore the first height at which it is not valid any more, over {@code validAfter}
 * @param nonce 32 bytes that the payer uses once
 * @param resourceHash 32 bytes that name what is paid for, as payer and payee agree
 */
public record PaymentAuthorisation(
        Scheme scheme,
        Principal from,
        Principal to,
        long maxAmount,
        Asset asset,
        long validAfter,
        long validBefore,
        Bytes nonce,
        Bytes resourceHash) {

    public static final int NONCE_SIZE = 32;
    public static final int RESOURCE_HASH_SIZE = 32;

    /** How much of the amount the payee may draw. */
    public enum Scheme {
        /** All of it, neither more nor less. */
        EXACT,
        /** Any part of it, once. */
        UPTO
    }

    public PaymentAuthorisation {
        MalformedDataException.unless(maxAmount > 0, "payment.maxAmount: 1 to 2^63-1 expected");
        MalformedDataException.unless(
                validAfter >= 0 && validAfter < validBefore,
                "payment.validBefore: not over validAfter");
        MalformedDataException.unless(
                nonce.size() == NONCE_SIZE, "payment.nonce: 32 bytes expected");
        MalformedDataException.unless(
                resourceHash.size() == RESOURCE_HASH_SIZE,
                "payment.resourceHash: 32 bytes expected");
    }
}
