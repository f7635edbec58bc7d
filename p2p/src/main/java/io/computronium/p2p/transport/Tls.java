package io.computronium.p2p.transport;

import io.computronium.p2p.Direction;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.crypto.NodeCertificate;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS 1.3 and nothing older, each side showing a {@link NodeCertificate}. There are no names and no
 * authorities: whoever holds the key is the node.
 */
final class Tls {

    /** The ALPN protocol name (RFC 7301). */
    static final String PROTOCOL = "cptm/1";

    private static final String VERSION = "TLSv1.3";

    /** Nobody vouches for a certificate, so an early end would protect from nothing. */
    private static final Duration VALIDITY = Duration.ofDays(3650);

    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);
    private static final long CLOSE_NOTIFY_MILLIS = 500;

    private final SslContext client;
    private final SslContext server;

    Tls(KeyPair nodeKey) {
        Instant now = Instant.now();
        var identity =
                NodeCertificate.selfSigned(nodeKey, now.minus(CLOCK_TOLERANCE), now.plus(VALIDITY));
        var key = identity.privateKey();
        var certificate = identity.certificate();
        try {
            // Not even a check of names: the trust manager alone decides.
            this.client =
                    common(SslContextBuilder.forClient().keyManager(key, certificate))
                            .endpointIdentificationAlgorithm(null)
                            .build();
            this.server =
                    common(SslContextBuilder.forServer(key, certificate))
                            .clientAuth(ClientAuth.REQUIRE)
                            .build();
        } catch (SSLException e) {
            throw new IllegalStateException("every Java platform since 15 can do this", e);
        }
    }

    private static SslContextBuilder common(SslContextBuilder builder) {
        return builder.sslProvider(SslProvider.JDK)
                .protocols(VERSION)
                .trustManager(new NodesOnly())
                // A resumed session would skip the check of the certificate.
                .sessionCacheSize(1)
                .sessionTimeout(1)
                .applicationProtocolConfig(
                        new ApplicationProtocolConfig(
                                Protocol.ALPN,
                                SelectorFailureBehavior.FATAL_ALERT,
                                SelectedListenerFailureBehavior.FATAL_ALERT,
                                PROTOCOL));
    }

    /**
     * A handler for one connection. It has no deadline of its own; it names no host, so it sends no
     * SNI.
     *
     * @param tasks runs the handshake's arithmetic
     */
    SslHandler handler(Direction direction, ByteBufAllocator allocator, Executor tasks) {
        SslContext context =
                switch (direction) {
                    case INBOUND -> server;
                    case OUTBOUND -> client;
                };
        SslHandler handler = context.newHandler(allocator, tasks);
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        return handler;
    }

    /**
     * Who is at the other end of a finished handshake.
     *
     * @throws MalformedDataException if the peer speaks another protocol or is not a node
     */
    static NodeId peerOf(SslHandler handler) {
        MalformedDataException.unless(
                PROTOCOL.equals(handler.applicationProtocol()), "no common ALPN protocol");
        try {
            var chain = handler.engine().getSession().getPeerCertificates();
            MalformedDataException.unless(
                    chain.length == 1 && chain[0] instanceof X509Certificate,
                    "exactly one X.509 certificate expected");
            return NodeId.ofKey(
                    NodeCertificate.publicKeyOf((X509Certificate) chain[0], Instant.now()));
        } catch (SSLPeerUnverifiedException e) {
            throw new MalformedDataException("no certificate", e);
        }
    }

    /** What was thrown: what TLS throws while it reads comes in a decoder's exception. */
    static Throwable rootOf(Throwable thrown) {
        return thrown.getCause() instanceof SSLException tls ? tls : thrown;
    }

    /**
     * Accepts exactly one {@link NodeCertificate}. Being an extended trust manager keeps the JDK
     * from adding checks of its own.
     */
    private static final class NodesOnly extends X509ExtendedTrustManager {

        private static void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length != 1) {
                throw new CertificateException("exactly one certificate expected");
            }
            try {
                NodeCertificate.publicKeyOf(chain[0], Instant.now());
            } catch (MalformedDataException e) {
                throw new CertificateException(e.getMessage(), e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
