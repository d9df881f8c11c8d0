package io.ratemesh.node.settings;

import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * The cipher suites that a listener may use: authenticated encryption with forward secrecy (RFC 9325 §4.2). Others would be against
 * HTTP/2 (RFC 9113 §9.2.2).
 */
final class CipherSuites {

    /** The usual ones; the first three are of TLS 1.3. */
    static final List<String> DEFAULT = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** With a finite field instead of a curve: only for clients that know no curve, since they are slow. */
    private static final List<String> FINITE_FIELD = List.of(
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private CipherSuites() {}

    /** Whether it is of TLS 1.3, whose names say nothing of the key exchange. */
    static boolean isOfTls13(String suite) {
        return !suite.contains("_WITH_");
    }

    /** Those that the TLS engine of this Java has. */
    static List<String> supported() {
        Set<String> supported = new LinkedHashSet<>(DEFAULT);
        supported.addAll(FINITE_FIELD);
        try {
            supported.retainAll(
                    List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
        return List.copyOf(supported);
    }

    /** The suite with a name of IANA's, or of OpenSSL's as HAProxy and nginx have it: {@code ECDHE-RSA-AES128-GCM-SHA256}. */
    static Optional<String> named(String name, List<String> supported) {
        String upper = name.toUpperCase(Locale.ROOT);
        return supported.stream()
                .filter(suite -> suite.equals(upper) || openSslName(suite).equals(upper))
                .findFirst();
    }

    private static String openSslName(String suite) {
        if (isOfTls13(suite)) {
            return suite;
        }
        return suite.substring("TLS_".length())
                .replace("_WITH_", "-")
                .replace("AES_", "AES")
                .replace("POLY1305_SHA256", "POLY1305")
                .replace('_', '-');
    }
}
