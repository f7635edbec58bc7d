package io.computronium.p2p.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.p2p.Hello;
import io.computronium.p2p.PeerLimits;
import io.computronium.p2p.Rejection;
import io.computronium.p2p.Samples;
import io.computronium.p2p.codec.Frame;
import io.computronium.p2p.codec.FrameType;
import io.computronium.p2p.codec.MessageCodec;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.TransactionBatch;
import io.computronium.p2p.transport.RawPeer.Guise;
import io.computronium.p2p.transport.TestNode.Event;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Callers that break the rules. Each is cut off, counted once under its reason, unknown to the
 * listener unless it was a peer before; and after each the node still takes an honest peer in.
 */
final class HostilePeerTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final RejectionLog log = new RejectionLog();
    private TestNode node = TestNode.start(TestNode.config(1, 0));

    @BeforeEach
    void quiet() {
        assertEquals(List.of(), node.pending());
    }

    @AfterEach
    void theNodeIsStillThere() throws IOException {
        try (log;
                TestNode survivor = node;
                RawPeer honest = RawPeer.greeted(at(), 77)) {
            honest.send(new BlockSync.Status(1, 77));
            survivor.await(
                    "an honest peer's message",
                    () ->
                            survivor.pending().stream()
                                    .anyMatch(event ->
                                            event instanceof Event.Received received
                                                    && received.message()
                                                            .equals(new BlockSync.Status(1, 77))));
        }
    }

    private InetSocketAddress at() {
        return node.network().localAddress();
    }

    private void restart(PeerLimits limits) {
        node.close();
        node = TestNode.start(TestNode.with(TestNode.config(1, 0), limits));
    }

    private static PeerLimits.Timing timing(Duration hello, Duration ping, Duration silence) {
        return new PeerLimits.Timing(
                hello,
                ping,
                silence,
                PeerLimits.Timing.DEFAULT.redialFirst(),
                PeerLimits.Timing.DEFAULT.redialLast());
    }

    private void assertRejectedUnheard(Rejection rejection, String detail) {
        assertEquals(List.of(), node.pending());
        assertRejected(rejection, detail);
    }

    private void assertRejected(Rejection rejection, String detail) {
        node.awaitRejected(rejection);
        assertEquals(Map.of(rejection, 1L), node.network().rejected());
        assertEquals(1, log.lines().size(), log.lines()::toString);
        String line = log.lines().getFirst();
        assertTrue(line.contains(rejection + ": ") && line.contains(detail), line);
    }

    // --- TLS

    @Test
    void noiseInsteadOfTls() throws IOException {
        byte[] noise = new byte[5_000];
        new Random(1).nextBytes(noise);
        try (RawPeer peer = RawPeer.plain(at())) {
            peer.send(noise);
            peer.awaitEnd();
        }
        assertRejectedUnheard(Rejection.TLS, "not an SSL/TLS record");
    }

    @Test
    void httpInsteadOfTls() throws IOException {
        try (RawPeer peer = RawPeer.plain(at())) {
            peer.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            peer.awaitEnd();
        }
        assertRejectedUnheard(Rejection.TLS, "not an SSL/TLS record");
    }

    @Test
    void anOlderTls() {
        assertTlsRefused(Guise.honest(2).withVersion("TLSv1.2"), "not accepted by server");
    }

    @Test
    void noCertificate() {
        assertTlsRefused(Guise.honest(2).withChain(), "Empty client certificate chain");
    }

    @Test
    void twoCertificates() {
        Guise honest = Guise.honest(2);
        assertTlsRefused(
                honest.withChain(honest.certificate(), Guise.honest(3).certificate()),
                "exactly one certificate");
    }

    @Test
    void anotherAlpnProtocol() {
        assertTlsRefused(Guise.honest(2).withAlpn("h2"), "No matching application layer protocol");
    }

    @Test
    void noAlpn() {
        assertTlsRefused(Guise.honest(2).withAlpn(""), "ALPN");
    }

    @Test
    void someoneElsesCertificate() {
        assertTlsRefused(Guise.honest(2).withChain(Guise.honest(3).certificate()), "signature");
    }

    @Test
    void aCertificateWithAnEllipticCurveKey() throws Exception {
        var pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        var name = new X500Name("CN=elsewhere");
        var generator = new V3TBSCertificateGenerator();
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
        generator.setSignature(algorithm);
        generator.setIssuer(name);
        generator.setSubject(name);
        var honest = Guise.honest(2).certificate();
        generator.setStartDate(new Time(honest.getNotBefore()));
        generator.setEndDate(new Time(honest.getNotAfter()));
        generator.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        var unsigned = generator.generateTBSCertificate();
        var signer = java.security.Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate());
        signer.update(unsigned.getEncoded(ASN1Encoding.DER));
        var signed =
                new DERSequence(
                        new ASN1Encodable[] {unsigned, algorithm, new DERBitString(signer.sign())});
        var certificate = certificate(signed.getEncoded(ASN1Encoding.DER));
        assertTlsRefused(
                new Guise("TLSv1.3", Tls.PROTOCOL, pair.getPrivate(), List.of(certificate)),
                "not one of Ed25519");
    }

    /** The JDK itself takes such a key for a good one. */
    @Test
    void aCertificateWithAKeyOfSmallOrder() throws Exception {
        Guise honest = Guise.honest(2);
        byte[] der = honest.certificate().getEncoded();
        byte[] key = Samples.key(2).publicKey().toArray();
        byte[] neutral = new byte[key.length];
        neutral[0] = 1;
        String forged =
                HexFormat.of()
                        .formatHex(der)
                        .replace(HexFormat.of().formatHex(key), HexFormat.of().formatHex(neutral));
        assertTlsRefused(
                honest.withChain(certificate(HexFormat.of().parseHex(forged))), "not a node's key");
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }

    private void assertTlsRefused(Guise guise, String detail) {
        try (RawPeer peer = RawPeer.secured(at(), guise)) {
            // In TLS 1.3 a client is done before the server has judged its certificate.
            peer.send(MessageCodec.encode(RawPeer.hello()));
            peer.awaitEnd();
        } catch (IOException refused) {
            // That is what the server's count must show, whichever side notices first.
        }
        assertRejectedUnheard(Rejection.TLS, detail);
    }

    // --- Hello

    @Test
    void nothingAtAll() throws IOException {
        restart(limits(timing(SHORT, SHORT, Duration.ofSeconds(30))));
        try (RawPeer peer = RawPeer.plain(at())) {
            peer.awaitEnd();
        }
        assertRejectedUnheard(Rejection.HELLO_TIMEOUT, "no Hello in time");
    }

    @Test
    void tlsAndThenNothing() throws IOException {
        restart(limits(timing(SHORT, Duration.ofSeconds(10), Duration.ofSeconds(30))));
        try (RawPeer peer = RawPeer.secured(at(), Guise.honest(2))) {
            peer.awaitEnd();
        }
        assertRejectedUnheard(Rejection.HELLO_TIMEOUT, "no Hello in time");
    }

    @Test
    void aHelloByteByByte() throws IOException {
        restart(limits(timing(SHORT, Duration.ofSeconds(10), Duration.ofSeconds(30))));
        try (RawPeer peer = RawPeer.secured(at(), Guise.honest(2))) {
            peer.header(100, FrameType.HELLO.code());
            for (int i = 0; i < 100; i++) {
                peer.send(new byte[] {8});
                TestNode.sleep(Duration.ofMillis(20));
            }
            peer.awaitEnd();
        } catch (IOException cutOff) {
            // Noticed while writing.
        }
        assertRejectedUnheard(Rejection.HELLO_TIMEOUT, "no Hello in time");
    }

    @Test
    void anotherGenesis() throws IOException {
        Hello hello = RawPeer.hello();
        var other = new Hello(1, 1, hello.chainId(), Hash.ofHex("ab".repeat(32)), 1, 0, 0, null);
        assertHelloRefused(MessageCodec.encode(other), Rejection.WRONG_CHAIN);
    }

    @Test
    void aLaterVersionOnly() throws IOException {
        Hello hello = RawPeer.hello();
        var later = new Hello(2, 3, hello.chainId(), hello.genesisHash(), 1, 0, 0, null);
        assertHelloRefused(MessageCodec.encode(later), Rejection.VERSION);
    }

    @Test
    void aHelloThatIsNotCanonical() throws IOException {
        byte[] payload = MessageCodec.encode(RawPeer.hello()).payload().toArray();
        byte[] longer = Arrays.copyOf(payload, payload.length + 1);
        assertHelloRefused(new Frame(FrameType.HELLO, Bytes.owned(longer)), Rejection.MALFORMED);
    }

    @Test
    void aMessageBeforeHello() throws IOException {
        assertHelloRefused(
                MessageCodec.encode(new BlockSync.StatusRequest()), Rejection.UNKNOWN_TYPE);
    }

    @Test
    void theNodesOwnKey() throws IOException {
        try (RawPeer peer = RawPeer.secured(at(), Guise.honest(1))) {
            peer.awaitEnd();
        }
        assertRejectedUnheard(Rejection.SELF, "this node");
    }

    private void assertHelloRefused(Frame first, Rejection rejection) throws IOException {
        try (RawPeer peer = RawPeer.secured(at(), Guise.honest(2))) {
            peer.send(first);
            peer.awaitEnd();
        }
        assertRejectedUnheard(rejection, TestNode.id(2).toHex());
    }

    // --- Frames

    @Test
    void aLengthOfTwoGibibytesBeforeHello() throws IOException {
        try (RawPeer peer = RawPeer.secured(at(), Guise.honest(2))) {
            peer.header(Integer.MAX_VALUE, FrameType.HELLO.code());
            peer.awaitEnd();
        }
        assertRejectedUnheard(Rejection.OVERSIZED, "HELLO of 2147483647 bytes");
    }

    @Test
    void aLengthOfTwoGibibytes() throws IOException {
        assertFrameRefused(Integer.MAX_VALUE, FrameType.BLOCK_HEAD.code(), Rejection.OVERSIZED);
    }

    @Test
    void aNegativeLength() throws IOException {
        assertFrameRefused(-1, FrameType.VOTE.code(), Rejection.OVERSIZED);
    }

    @Test
    void aVoteLongerThanAVote() throws IOException {
        assertFrameRefused(
                FrameType.VOTE.maxBytes() + 1, FrameType.VOTE.code(), Rejection.OVERSIZED);
    }

    @Test
    void anUnknownType() throws IOException {
        assertFrameRefused(0, 0xff, Rejection.UNKNOWN_TYPE);
    }

    @Test
    void aSecondHello() throws IOException {
        assertFrameRefused(10, FrameType.HELLO.code(), Rejection.UNKNOWN_TYPE);
    }

    @Test
    void aPayloadOfNoise() throws IOException {
        try (RawPeer peer = RawPeer.greeted(at(), 2)) {
            peer.send(new Frame(FrameType.VOTE, Bytes.ofHex("deadbeef".repeat(20))));
            assertCutOff(peer, Rejection.MALFORMED);
        }
    }

    @Test
    void aRecordThatTlsCannotDecrypt() throws IOException {
        try (RawPeer peer = RawPeer.greeted(at(), 2)) {
            byte[] record = new byte[5 + 40];
            System.arraycopy(new byte[] {23, 3, 3, 0, 40}, 0, record, 0, 5);
            peer.sendUnprotected(record);
            assertCutOff(peer, Rejection.TLS);
        }
    }

    /** What was sent before the fault arrives, what was sent after it does not. */
    @Test
    void nothingIsReadAfterAFault() throws IOException {
        var first = new BlockSync.Status(1, 1);
        try (RawPeer peer = RawPeer.greeted(at(), 2)) {
            peer.send(first);
            peer.send(new Frame(FrameType.STATUS, Bytes.ofHex("ff")));
            peer.send(new BlockSync.Status(1, 2));
            assertEquals(first, node.awaitMessage());
            assertCutOff(peer, Rejection.MALFORMED);
        }
        assertTrue(node.pending().stream().noneMatch(e -> e instanceof Event.Received));
    }

    private void assertFrameRefused(int length, int code, Rejection rejection) throws IOException {
        try (RawPeer peer = RawPeer.greeted(at(), 2)) {
            peer.header(length, code);
            assertCutOff(peer, rejection);
        }
    }

    private void assertCutOff(RawPeer peer, Rejection rejection) {
        peer.awaitEnd();
        assertTrue(node.await(Event.Disconnected.class).reason().startsWith(rejection.name()));
        assertRejected(rejection, TestNode.id(2).toHex());
    }

    // --- Crowds, silence, floods

    @Test
    void moreThanItsShareOfConnections() throws IOException {
        restart(PeerLimits.DEFAULT.withAdmission(new PeerLimits.Admission(200, 3, 16, 64)));
        try (RawPeer one = RawPeer.greeted(at(), 2);
                RawPeer two = RawPeer.greeted(at(), 3)) {
            try (RawPeer three = RawPeer.greeted(at(), 4);
                    RawPeer four = RawPeer.plain(at())) {
                four.awaitEnd();
                node.awaitRejected(Rejection.ADDRESS);
                assertEquals(3, node.network().peers().size());
                three.hangUp();
                node.await("a place", () -> node.network().peers().size() == 2);
            }
            RawPeer.greeted(at(), 5).close();
            one.send(new BlockSync.Status(1, 1));
            two.send(new BlockSync.Status(1, 1));
        }
    }

    @Test
    void moreThanItsShareOfHandshakes() throws IOException {
        restart(PeerLimits.DEFAULT.withAdmission(new PeerLimits.Admission(200, 100, 100, 2)));
        try (RawPeer peer = RawPeer.greeted(at(), 2);
                RawPeer one = RawPeer.plain(at());
                RawPeer two = RawPeer.plain(at());
                RawPeer three = RawPeer.plain(at())) {
            three.awaitEnd();
            node.awaitRejected(Rejection.HANDSHAKES);
            peer.send(new BlockSync.Status(1, 1));
            assertEquals(new BlockSync.Status(1, 1), node.awaitMessage());
            one.hangUp();
            two.hangUp();
        }
    }

    @Test
    void aStaticPeersAddressHasPlacesOfItsOwn() throws IOException {
        var full = PeerLimits.DEFAULT.withAdmission(new PeerLimits.Admission(0, 0, 0, 0));
        int port = TestNode.freePorts(1).getFirst();
        try (TestNode guarded =
                        TestNode.start(
                                TestNode.with(
                                        TestNode.config(9, 0, TestNode.address(2, port)), full));
                RawPeer peer = greetedOnceDialled(guarded)) {
            guarded.awaitPeer();
            peer.send(new BlockSync.Status(1, 1));
            assertEquals(new BlockSync.Status(1, 1), guarded.awaitMessage());
        }
    }

    /** An address counts as a static peer's from the first dial on. */
    private static RawPeer greetedOnceDialled(TestNode node) throws IOException {
        for (int i = 0; i < 100; i++) {
            try {
                return RawPeer.greeted(node.network().localAddress(), 2);
            } catch (IOException tooEarly) {
                TestNode.sleep(Duration.ofMillis(20));
            }
        }
        throw new IOException("never let in");
    }

    @Test
    void aSilentPeerIsPingedAndThenGivenUp() throws IOException {
        restart(limits(timing(Duration.ofSeconds(5), Duration.ofMillis(150), SHORT)));
        try (RawPeer peer = RawPeer.greeted(at(), 2)) {
            assertEquals(Frame.PING, peer.read());
            assertCutOff(peer, Rejection.SILENT);
        }
    }

    @Test
    void pingsKeepAConnectionAlive() throws IOException {
        restart(limits(timing(Duration.ofSeconds(5), Duration.ofMillis(100), SHORT)));
        try (TestNode other =
                TestNode.start(
                        TestNode.with(
                                TestNode.config(2, 0, node.address()),
                                limits(
                                        timing(
                                                Duration.ofSeconds(5),
                                                Duration.ofMillis(100),
                                                SHORT))))) {
            other.awaitPeer();
            node.awaitPeer();
            TestNode.sleep(SHORT.multipliedBy(2));
            assertEquals(List.of(), node.pending());
            assertEquals(List.of(), other.pending());
        }
    }

    @Test
    void aFloodIsReadNoFasterThanTheRate() throws IOException {
        int rate = 256 << 10;
        restart(
                new PeerLimits(
                        PeerLimits.Admission.DEFAULT, PeerLimits.Timing.DEFAULT, rate, rate));
        var batch = new TransactionBatch(new Samples(new Random(1)).transactions(1, 64 << 10));
        long start = System.nanoTime();
        try (RawPeer peer = RawPeer.greeted(at(), 2)) {
            // One second's worth is free, so these take one second at least, less the last read.
            for (int i = 0; i < 8; i++) {
                peer.send(batch);
            }
            for (int i = 0; i < 8; i++) {
                assertEquals(batch, node.awaitMessage());
            }
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(millis >= 700, "512 KiB at 256 KiB a second in " + millis + " ms");
    }

    /** A ping is five bytes, so a rate in bytes alone would let 200,000 a second through. */
    @Test
    void aFloodOfPingsIsReadNoFasterEither() throws IOException {
        int rate = 1 << 20;
        restart(
                new PeerLimits(
                        PeerLimits.Admission.DEFAULT, PeerLimits.Timing.DEFAULT, rate, rate));
        long start = System.nanoTime();
        try (RawPeer peer = RawPeer.greeted(at(), 2)) {
            byte[] pings = new byte[5 * 3_072];
            for (int i = 4; i < pings.length; i += 5) {
                pings[i] = (byte) FrameType.PING.code();
            }
            peer.send(pings);
            peer.send(new BlockSync.Status(1, 1));
            node.awaitMessage();
            peer.send(new BlockSync.Status(1, 2));
            node.awaitMessage();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(millis >= 400, "read in " + millis + " ms");
    }

    @Test
    void readingCanBePaused() throws IOException {
        try (RawPeer peer = RawPeer.greeted(at(), 2)) {
            long start = System.nanoTime();
            node.awaitPeer().pauseReading(Duration.ofMillis(300));
            TestNode.sleep(Duration.ofMillis(50));
            peer.send(new BlockSync.Status(1, 1));
            node.awaitMessage();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis >= 299, "read after " + millis + " ms");
        }
    }

    private static PeerLimits limits(PeerLimits.Timing timing) {
        return PeerLimits.DEFAULT.withTiming(timing);
    }
}
