package io.computronium.p2p.transport;

import static org.junit.jupiter.api.Assertions.fail;

import io.computronium.p2p.Hello;
import io.computronium.p2p.Samples;
import io.computronium.p2p.codec.Frame;
import io.computronium.p2p.codec.FrameType;
import io.computronium.p2p.codec.MessageCodec;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.crypto.NodeCertificate;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The other end of a connection, with full control over what it does wrong. Blocking. */
final class RawPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    /** How a peer presents itself in TLS. */
    record Guise(String version, String alpn, PrivateKey key, List<X509Certificate> chain) {
        static Guise honest(int key) {
            Instant now = Instant.now();
            var identity =
                    NodeCertificate.selfSigned(
                            Samples.key(key),
                            now.minus(Duration.ofDays(1)),
                            now.plus(Duration.ofDays(1)));
            return new Guise(
                    "TLSv1.3",
                    Tls.PROTOCOL,
                    identity.privateKey(),
                    List.of(identity.certificate()));
        }

        Guise withVersion(String changed) {
            return new Guise(changed, alpn, key, chain);
        }

        Guise withAlpn(String changed) {
            return new Guise(version, changed, key, chain);
        }

        X509Certificate certificate() {
            return chain.getFirst();
        }

        Guise withChain(X509Certificate... changed) {
            return new Guise(version, alpn, key, List.of(changed));
        }
    }

    private final Socket tcp;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private RawPeer(Socket tcp, Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.tcp = tcp;
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /** Without TLS. */
    static RawPeer plain(InetSocketAddress address) throws IOException {
        var tcp = new Socket(address.getAddress(), address.getPort());
        return new RawPeer(tcp, tcp);
    }

    /** With TLS, up to the end of this side's handshake. */
    static RawPeer secured(InetSocketAddress address, Guise guise) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new OneKey(guise)},
                    new TrustManager[] {new TrustAll()},
                    null);
            var tcp = new Socket(address.getAddress(), address.getPort());
            var socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(tcp, "unnamed", address.getPort(), true);
            var parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {guise.version});
            if (!guise.alpn.isEmpty()) {
                parameters.setApplicationProtocols(new String[] {guise.alpn});
            }
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            return new RawPeer(tcp, socket);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A peer that the node at {@code address} takes for an honest one. */
    static RawPeer greeted(InetSocketAddress address, int key) throws IOException {
        RawPeer peer = secured(address, Guise.honest(key));
        peer.send(MessageCodec.encode(hello()));
        if (peer.read().type() != FrameType.HELLO) {
            fail("Hello expected");
        }
        return peer;
    }

    static Hello hello() {
        return new Hello(
                1, 1, Samples.CHAIN.chainId(), Samples.CHAIN.genesisHash(), 99, 0, 0, null);
    }

    void send(PeerMessage message) throws IOException {
        send(MessageCodec.encode(message));
    }

    void send(Frame frame) throws IOException {
        header(frame.payload().size(), frame.type().code());
        send(frame.payload().toArray());
    }

    void header(int length, int code) throws IOException {
        out.writeInt(length);
        out.writeByte(code);
        out.flush();
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Past TLS. */
    void sendUnprotected(byte[] bytes) throws IOException {
        tcp.getOutputStream().write(bytes);
    }

    Frame read() throws IOException {
        int length = in.readInt();
        FrameType type = FrameType.ofCode(in.readUnsignedByte());
        if (type == null || length > type.maxBytes()) {
            return fail("not a frame of ours: " + type + " " + length);
        }
        return new Frame(type, Bytes.owned(in.readNBytes(length)));
    }

    /** Reads until the other side ends the connection, in whatever way. */
    void awaitEnd() {
        try {
            while (in.read() >= 0) {
                // What it said before does not matter.
            }
        } catch (java.net.SocketTimeoutException e) {
            fail("still open");
        } catch (IOException e) {
            // A reset or an alert ends it as well.
        }
    }

    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }

    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "peer";

        private final Guise guise;

        OneKey(Guise guise) {
            this.guise = guise;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return guise.chain.isEmpty() ? null : ALIAS;
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return guise.chain.isEmpty() ? null : ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return guise.chain.toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return guise.key;
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }

    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
