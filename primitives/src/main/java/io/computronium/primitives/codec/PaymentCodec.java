package io.computronium.primitives.codec;

import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toBytes;
import static io.computronium.primitives.codec.WireValues.toLong;
import static io.computronium.primitives.codec.WireValues.toPrincipal;

import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.crypto.Domain;
import io.computronium.primitives.crypto.Sha256;
import io.computronium.primitives.proto.PaymentAuthorisationMessage;
import io.computronium.primitives.proto.PaymentSchemeMessage;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.PaymentAuthorisation;
import io.computronium.primitives.tx.PaymentAuthorisation.Scheme;

/** Payments that are signed off chain. */
public final class PaymentCodec {

    private static final int MAX_AUTHORISATION_BYTES = 512;

    public static final Codec<PaymentAuthorisation> AUTHORISATION =
            CanonicalCodec.of(
                    PaymentAuthorisationMessage.getDefaultInstance(),
                    MAX_AUTHORISATION_BYTES,
                    PaymentCodec::authorisation,
                    PaymentCodec::message);

    private PaymentCodec() {}

    /** What the payer signs, under {@code SignBytes.paymentAuthorisation}. */
    public static Hash idOf(PaymentAuthorisation authorisation) {
        return Sha256.hash(Domain.PAYMENT_AUTHORISATION, AUTHORISATION.encode(authorisation));
    }

    private static PaymentAuthorisation authorisation(PaymentAuthorisationMessage m) {
        return new PaymentAuthorisation(
                scheme(m.getScheme()),
                toPrincipal(m.getFrom()),
                toPrincipal(m.getTo()),
                toLong(m.getMaxAmount(), "payment.maxAmount"),
                m.hasToken() ? AssetCodec.token(m.getToken()) : Asset.COIN,
                toLong(m.getValidAfter(), "payment.validAfter"),
                toLong(m.getValidBefore(), "payment.validBefore"),
                toBytes(m.getNonce()),
                toBytes(m.getResourceHash()));
    }

    private static PaymentAuthorisationMessage message(PaymentAuthorisation authorisation) {
        var m =
                PaymentAuthorisationMessage.newBuilder()
                        .setScheme(message(authorisation.scheme()))
                        .setFrom(toByteString(authorisation.from()))
                        .setTo(toByteString(authorisation.to()))
                        .setMaxAmount(authorisation.maxAmount())
                        .setValidAfter(authorisation.validAfter())
                        .setValidBefore(authorisation.validBefore())
                        .setNonce(toByteString(authorisation.nonce()))
                        .setResourceHash(toByteString(authorisation.resourceHash()));
        AssetCodec.message(authorisation.asset()).ifPresent(m::setToken);
        return m.build();
    }

    private static Scheme scheme(PaymentSchemeMessage m) {
        return switch (m) {
            case PAYMENT_SCHEME_EXACT -> Scheme.EXACT;
            case PAYMENT_SCHEME_UPTO -> Scheme.UPTO;
            case UNRECOGNIZED -> throw new MalformedDataException("payment.scheme: unknown");
        };
    }

    private static PaymentSchemeMessage message(Scheme scheme) {
        return switch (scheme) {
            case EXACT -> PaymentSchemeMessage.PAYMENT_SCHEME_EXACT;
            case UPTO -> PaymentSchemeMessage.PAYMENT_SCHEME_UPTO;
        };
    }
}
