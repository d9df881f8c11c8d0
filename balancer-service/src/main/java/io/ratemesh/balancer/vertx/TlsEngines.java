package io.ratemesh.balancer.vertx;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** OpenSSL's TLS engine or Java's, chosen anew for each TLS context by its keys. Vert.x itself chooses once for each server. */
public final class TlsEngines extends SSLEngineOptions {

    private final Predicate<KeyManager> withOpenSsl;

    /**
     * Creates the choice.
     *
     * @param withOpenSsl whether a context with these keys is to use OpenSSL, which must be available then
     */
    public TlsEngines(Predicate<KeyManager> withOpenSsl) {
        this.withOpenSsl = withOpenSsl;
    }

    @Override
    public SSLEngineOptions copy() {
        return this;
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new Choice();
    }

    /** Keeps what it is told until it has the keys. */
    private final class Choice implements SslContextFactory {

        private final List<Consumer<SslContextFactory>> settings = new ArrayList<>();
        private boolean isOpenSsl;

        @Override
        public SslContextFactory useAlpn(boolean useAlpn) {
            return with(factory -> factory.useAlpn(useAlpn));
        }

        @Override
        public SslContextFactory clientAuth(ClientAuth clientAuth) {
            return with(factory -> factory.clientAuth(clientAuth));
        }

        @Override
        public SslContextFactory forClient(boolean forClient) {
            return with(factory -> factory.forClient(forClient));
        }

        @Override
        public SslContextFactory keyMananagerFactory(KeyManagerFactory keys) {
            isOpenSsl = Stream.of(keys.getKeyManagers()).allMatch(withOpenSsl);
            // Netty would hand the key and the chain to OpenSSL in PEM with each handshake.
            KeyManagerFactory parsedOnce = isOpenSsl ? new OpenSslCachingX509KeyManagerFactory(keys) : keys;
            return with(factory -> factory.keyMananagerFactory(parsedOnce));
        }

        @Override
        public SslContextFactory trustManagerFactory(TrustManagerFactory trust) {
            return with(factory -> factory.trustManagerFactory(trust));
        }

        @Override
        public SslContextFactory enabledCipherSuites(Set<String> suites) {
            return with(factory -> factory.enabledCipherSuites(suites));
        }

        @Override
        public SslContextFactory applicationProtocols(List<String> protocols) {
            return with(factory -> factory.applicationProtocols(protocols));
        }

        @Override
        public SslContextFactory serverName(String serverName) {
            return with(factory -> factory.serverName(serverName));
        }

        private SslContextFactory with(Consumer<SslContextFactory> setting) {
            settings.add(setting);
            return this;
        }

        @Override
        public SslContext create() throws SSLException {
            SslContextFactory chosen = (isOpenSsl
                            ? new OpenSSLEngineOptions().setSessionCacheEnabled(false)
                            : new JdkSSLEngineOptions())
                    .sslContextFactory();
            settings.forEach(setting -> setting.accept(chosen));
            SslContext context = chosen.create();
            if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
                // Netty has no tickets by default. Without keys of ours, BoringSSL makes new ones every two days.
                sessions.setTicketKeys();
            }
            return context;
        }
    }
}
