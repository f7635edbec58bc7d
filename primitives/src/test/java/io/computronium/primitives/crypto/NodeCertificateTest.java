package io.computronium.primitives.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.PublicKey;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeCertificateTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofDays(365));
    private static final Instant NOW = FROM.plus(Duration.ofDays(7));
    private static final KeyPair ALICE = KeyPair.fromSeed(seed(1));
    private static final KeyPair BOB = KeyPair.fromSeed(seed(2));

    private static final String P256_CERTIFICATE =
            "308201353081dba0030201020208079d433faf5ab051300a06082a8648ce3d040303300f310d300b0603"
                + "550403130470323536301e170d3236303130313030303030305a170d3335313233303030303030305a30"
                + "0f310d300b06035504031304703235363059301306072a8648ce3d020106082a8648ce3d030107034200"
                + "042952b4e32f5b1fce86bb8bb1f53552331110b586bc92e613a6d758b5d76c15806e77e7997d155ea0d1"
                + "1bed0e4374acf1b3545a48aa075fad0366336f6f4424b4a321301f301d0603551d0e04160414a5aedb24"
                + "7f30302be19f5b9b778ae3fa90166409300a06082a8648ce3d0403030349003046022100e07bea9dded3"
                + "26fbfc8d9ab74ad886474183f28a6d99ea3b71715c988ce73499022100ddb96e0a904a877cce6a4d8634"
                + "867d6e5af678c9cd3ce049845c69035110e1c0";

    @Test
    void carriesTheKeyAndNamesTheNode() throws Exception {
        var made = NodeCertificate.selfSigned(ALICE, FROM, TO);
        var certificate = made.certificate();
        assertEquals(ALICE.publicKey(), NodeCertificate.publicKeyOf(certificate, NOW));
        assertEquals(
                "CN=" + NodeId.ofKey(ALICE.publicKey()),
                certificate.getSubjectX500Principal().getName());
        assertEquals(3, certificate.getVersion());
        // The JDK's own opinion: signed by its own key, and not by another.
        certificate.verify(certificate.getPublicKey());
        var bobs = NodeCertificate.selfSigned(BOB, FROM, TO).certificate();
        assertThrows(Exception.class, () -> certificate.verify(bobs.getPublicKey()));
    }

    @Test
    void isTheSameBytesForTheSameKeyAndTimes() throws Exception {
        assertEquals(
                hex(NodeCertificate.selfSigned(ALICE, FROM, TO).certificate().getEncoded()),
                hex(NodeCertificate.selfSigned(ALICE, FROM, TO).certificate().getEncoded()));
    }

    @Test
    void isValidFromItsStartToItsEnd() {
        var certificate = NodeCertificate.selfSigned(ALICE, FROM, TO).certificate();
        for (var inside : List.of(FROM, TO)) {
            assertEquals(ALICE.publicKey(), NodeCertificate.publicKeyOf(certificate, inside));
        }
        for (var outside : List.of(FROM.minusSeconds(1), TO.plusSeconds(1), Instant.EPOCH)) {
            assertThrows(
                    MalformedDataException.class,
                    () -> NodeCertificate.publicKeyOf(certificate, outside));
        }
    }

    /** X.509 writes years up to 2049 with two digits and later ones with four. */
    @ParameterizedTest
    @ValueSource(strings = {"2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
    void lastsAsLongAsYouLike(String end) {
        var made = NodeCertificate.selfSigned(ALICE, FROM.plusMillis(999), Instant.parse(end));
        assertEquals(ALICE.publicKey(), NodeCertificate.publicKeyOf(made.certificate(), NOW));
        assertEquals(Instant.parse(end), made.certificate().getNotAfter().toInstant());
    }

    /** Whatever bit of it flips, it is no longer a certificate or no longer a node's. */
    @Test
    void everyBitCounts() throws Exception {
        var der = NodeCertificate.selfSigned(ALICE, FROM, TO).certificate().getEncoded();
        for (int bit = 0; bit < 8 * der.length; bit++) {
            var changed = der.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(isRefused(changed), "bit " + bit);
        }
    }

    @Test
    void refusesACertificateSignedByAnother() throws Exception {
        var der = NodeCertificate.selfSigned(ALICE, FROM, TO).certificate().getEncoded();
        var body = NodeCertificate.selfSigned(ALICE, FROM, TO).certificate().getTBSCertificate();
        System.arraycopy(BOB.sign(body).toArray(), 0, der, der.length - 64, 64);
        assertTrue(isRefused(der));
        System.arraycopy(ALICE.sign(body).toArray(), 0, der, der.length - 64, 64);
        assertFalse(isRefused(der));
    }

    /** The order-1 key under which anything verifies: the JDK takes such keys. */
    @Test
    void refusesAKeyOfSmallOrder() throws Exception {
        var der = NodeCertificate.selfSigned(ALICE, FROM, TO).certificate().getEncoded();
        var neutral = new byte[PublicKey.SIZE];
        neutral[0] = 1;
        var key = ALICE.publicKey().toArray();
        int at = indexOf(der, key);
        System.arraycopy(neutral, 0, der, at, neutral.length);
        var certificate = parse(der);
        var thrown =
                assertThrows(
                        MalformedDataException.class,
                        () -> NodeCertificate.publicKeyOf(certificate, NOW));
        assertEquals("the certificate's key is not a node's key", thrown.getMessage());
    }

    /** A certificate of another algorithm: a P-256 one, made by keytool. */
    @Test
    void refusesAKeyOfAnotherKind() throws Exception {
        var certificate = parse(HexFormat.of().parseHex(P256_CERTIFICATE));
        var thrown =
                assertThrows(
                        MalformedDataException.class,
                        () -> NodeCertificate.publicKeyOf(certificate, NOW));
        assertEquals("the certificate's key is not one of Ed25519", thrown.getMessage());
    }

    @Test
    void textNeverShowsTheSecret() {
        var made = NodeCertificate.selfSigned(ALICE, FROM, TO);
        assertEquals(
                "NodeCertificate[CN=" + NodeId.ofKey(ALICE.publicKey()) + "]", made.toString());
    }

    /** Both ends of a mutual TLS 1.3 handshake learn the other's key from its certificate. */
    @Test
    void servesMutualTls13OfTheJdk() throws Exception {
        var server = engine(ALICE, false);
        var client = engine(BOB, true);
        handshake(client, server);
        assertEquals("TLSv1.3", client.getSession().getProtocol());
        assertEquals(ALICE.publicKey(), peer(client.getSession()));
        assertEquals(BOB.publicKey(), peer(server.getSession()));
    }

    private static PublicKey peer(SSLSession session) throws SSLException {
        var chain = session.getPeerCertificates();
        assertEquals(1, chain.length);
        return NodeCertificate.publicKeyOf((X509Certificate) chain[0], NOW);
    }

    private static SSLEngine engine(KeyPair key, boolean client) throws Exception {
        var made = NodeCertificate.selfSigned(key, FROM, TO);
        var password = new char[0];
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry(
                "node", made.privateKey(), password, new X509Certificate[] {made.certificate()});
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, password);
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), new TrustManager[] {new Anybody()}, new SecureRandom());
        var engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        if (!client) {
            engine.setNeedClientAuth(true);
        }
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        return engine;
    }

    /** Passes messages from one to the other until neither has anything left to say. */
    private static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
        var toServer = ByteBuffer.allocate(1 << 16);
        var toClient = ByteBuffer.allocate(1 << 16);
        client.beginHandshake();
        server.beginHandshake();
        for (int step = 0; step < 50; step++) {
            advance(client, toClient, toServer);
            advance(server, toServer, toClient);
        }
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, client.getHandshakeStatus());
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, server.getHandshakeStatus());
    }

    private static void advance(SSLEngine engine, ByteBuffer in, ByteBuffer out)
            throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            default -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(1 << 16));
                in.compact();
            }
        }
    }

    /** Trusts everybody, since identity is the key itself and the test looks at that. */
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Whether the JDK or we refuse; of the two, the JDK's parser meets a peer's bytes first. */
    private static boolean isRefused(byte[] der) {
        X509Certificate certificate;
        try {
            certificate = parse(der);
        } catch (CertificateException | ArrayIndexOutOfBoundsException e) {
            // JDK 25 throws the latter for an Ed25519 key of no bytes.
            return true;
        }
        try {
            NodeCertificate.publicKeyOf(certificate, NOW);
            return false;
        } catch (MalformedDataException e) {
            return true;
        }
    }

    private static X509Certificate parse(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; ; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
    }

    private static byte[] seed(int number) {
        return Arrays.copyOf(BigInteger.valueOf(number).toByteArray(), KeyPair.SEED_SIZE);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
