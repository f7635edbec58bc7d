package io.computronium.primitives.crypto;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * A node's identity as TLS 1.3 wants it: a self-signed X.509 v3 certificate whose key is the node's
 * Ed25519 key (RFC 8410). Nobody vouches for anybody: a peer is who it is because it holds the key,
 * and the certificate carries nothing else.
 *
 * <p>Therefore key, start and end of validity determine every byte of it: name and issuer are the
 * {@link NodeId} in hex, the serial number is the start in seconds, there are no extensions. A
 * received one is rebuilt from those three and compared, which leaves no field to be lenient about.
 */
public final class NodeCertificate {

    private static final AlgorithmIdentifier ED25519 =
            new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));

    /** RFC 8410, section 4: everything of a SubjectPublicKeyInfo before the 32 bytes of the key. */
    private static final byte[] KEY_PREFIX = {
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
    };

    private final X509Certificate certificate;
    private final PrivateKey privateKey;

    private NodeCertificate(X509Certificate certificate, PrivateKey privateKey) {
        this.certificate = certificate;
        this.privateKey = privateKey;
    }

    /**
     * A certificate for {@code key}.
     *
     * @param notBefore start of validity, cut to seconds; some time ago, since clocks differ
     * @param notAfter end of validity, cut to seconds
     */
    public static NodeCertificate selfSigned(KeyPair key, Instant notBefore, Instant notAfter) {
        var seed = key.seed();
        try {
            var unsigned = unsigned(key.publicKey(), notBefore, notAfter);
            var signature = key.sign(unsigned.getEncoded(ASN1Encoding.DER));
            var der = new ByteArrayInputStream(signed(unsigned, signature));
            var secret = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed);
            return new NodeCertificate(
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(der),
                    KeyFactory.getInstance("Ed25519").generatePrivate(secret));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has Ed25519 and X.509", e);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /**
     * The key of the peer that presented {@code certificate}. That it holds the secret is for the
     * TLS handshake to show.
     *
     * @param now what validity is judged by
     * @throws MalformedDataException unless it is exactly a certificate of this class, valid at
     *     {@code now}, signed by its own key, and the key passes {@link Ed25519#isValidNodeKey},
     *     which the JDK does not ask of keys
     */
    public static PublicKey publicKeyOf(X509Certificate certificate, Instant now) {
        var key = keyIn(certificate.getPublicKey().getEncoded());
        if (!Ed25519.isValidNodeKey(key)) {
            throw new MalformedDataException("the certificate's key is not a node's key");
        }
        var notBefore = certificate.getNotBefore().toInstant();
        var notAfter = certificate.getNotAfter().toInstant();
        if (now.isBefore(notBefore) || now.isAfter(notAfter)) {
            throw new MalformedDataException(
                    "the certificate is valid from " + notBefore + " to " + notAfter + " only");
        }
        var signature = Signature.of(certificate.getSignature());
        try {
            var unsigned = unsigned(key, notBefore, notAfter);
            if (!Arrays.equals(signed(unsigned, signature), certificate.getEncoded())) {
                throw new MalformedDataException("the certificate is not in a node's form");
            }
            if (!Ed25519.verify(key, unsigned.getEncoded(ASN1Encoding.DER), signature)) {
                throw new MalformedDataException("the certificate is not signed by its own key");
            }
        } catch (CertificateException | IOException e) {
            throw new MalformedDataException("the certificate has no encoding", e);
        }
        return key;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** The node's secret in the JDK's form, to be handed to TLS and nothing else. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    private static PublicKey keyIn(byte[] subjectPublicKeyInfo) {
        int prefix = KEY_PREFIX.length;
        if (subjectPublicKeyInfo.length != prefix + PublicKey.SIZE
                || !Arrays.equals(subjectPublicKeyInfo, 0, prefix, KEY_PREFIX, 0, prefix)) {
            throw new MalformedDataException("the certificate's key is not one of Ed25519");
        }
        return PublicKey.of(
                Arrays.copyOfRange(subjectPublicKeyInfo, prefix, subjectPublicKeyInfo.length));
    }

    private static TBSCertificate unsigned(PublicKey key, Instant notBefore, Instant notAfter) {
        var name = new X500NameBuilder().addRDN(BCStyle.CN, NodeId.ofKey(key).toHex()).build();
        var generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(notBefore.getEpochSecond())));
        generator.setSignature(ED25519);
        generator.setIssuer(name);
        generator.setSubject(name);
        generator.setStartDate(time(notBefore));
        generator.setEndDate(time(notAfter));
        generator.setSubjectPublicKeyInfo(new SubjectPublicKeyInfo(ED25519, key.toArray()));
        return generator.generateTBSCertificate();
    }

    private static byte[] signed(TBSCertificate unsigned, Signature signature) throws IOException {
        var bits = new DERBitString(signature.toArray());
        return new DERSequence(new ASN1Encodable[] {unsigned, ED25519, bits})
                .getEncoded(ASN1Encoding.DER);
    }

    private static Time time(Instant instant) {
        return new Time(Date.from(instant), Locale.ROOT);
    }

    /** Names the certificate's subject and never the secret. */
    @Override
    public String toString() {
        return "NodeCertificate[" + certificate.getSubjectX500Principal() + "]";
    }
}
