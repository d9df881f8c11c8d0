package io.ratemesh.balancer.listener.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ratemesh.balancer.listener.tls.CertificateSet.Site;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Staples OCSP responses of files to certificates (RFC 6066 §8). Java cannot be given a response: it asks a responder by HTTP, and keeps what
 * it gets for an hour in each TLS context; system properties say where. So this is a responder for the whole process, on the loopback
 * interface, which knows the files. It is asked on an event loop, and responds on a thread of its own.
 */
final class OcspStapling {

    private static final String ENABLED = "jdk.tls.server.enableStatusRequestExtension";
    private static final String RESPONDER = "jdk.tls.stapling.responderURI";

    /** Never that of the certificate: this process would ask another machine. */
    private static final String OVERRIDE = "jdk.tls.stapling.responderOverride";

    /** Clients' extensions, such as a nonce, would need a new response each. */
    private static final String IGNORE_EXTENSIONS = "jdk.tls.stapling.ignoreExtensions";

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NO_CONTENT = -1;

    private static final int INTEGER = 0x02;
    private static final int ENUMERATED = 0x0a;
    private static final int SEQUENCE = 0x30;
    private static final int LONG_FORM = 0x80;

    private static volatile List<Site> sites = List.of();
    private static @Nullable HttpServer responder;

    private OcspStapling() {}

    /** From now on, new TLS contexts staple these responses and no others. */
    static synchronized void use(List<Site> all) {
        sites = all.stream().filter(site -> site.stapled().isPresent()).toList();
        System.setProperty(ENABLED, String.valueOf(!sites.isEmpty()));
        if (!sites.isEmpty() && responder == null) {
            responder = listen();
            System.setProperty(OVERRIDE, "true");
            System.setProperty(IGNORE_EXTENSIONS, "true");
            System.setProperty(
                    RESPONDER, "http://127.0.0.1:" + responder.getAddress().getPort() + "/");
        }
    }

    private static HttpServer listen() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", OcspStapling::respond);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<byte[]> response = find(request(exchange));
            if (response.isEmpty()) {
                exchange.sendResponseHeaders(NOT_FOUND, NO_CONTENT);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
            exchange.sendResponseHeaders(OK, response.get().length);
            exchange.getResponseBody().write(response.get());
        } catch (IllegalArgumentException e) {
            // It is not Java that asks.
            exchange.sendResponseHeaders(NOT_FOUND, NO_CONTENT);
        }
    }

    /** A short request is in the path (RFC 6960 §A.1). */
    private static byte[] request(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            return exchange.getRequestBody().readAllBytes();
        }
        String path = exchange.getRequestURI().getRawPath().substring(1);
        return Base64.getDecoder().decode(URLDecoder.decode(path, UTF_8));
    }

    /** A request without extensions ends with the serial number of the certificate (RFC 6960 §4.1.1). */
    private static Optional<byte[]> find(byte[] request) {
        return sites.stream()
                .filter(site -> {
                    byte[] serial = serialNumber(site.certificate().leaf());
                    return indexOf(request, serial, request.length - serial.length) >= 0;
                })
                .flatMap(site -> site.stapled().stream())
                .map(Buffer::getBytes)
                .findFirst();
    }

    /** Whether a file is an OCSP response that says success (RFC 6960 §4.2.1), and has the serial number of a certificate. */
    static boolean isGoodFor(byte[] response, X509Certificate certificate) {
        if (response.length < 2 || (response[0] & 0xFF) != SEQUENCE) {
            return false;
        }
        int length = response[1] & 0xFF;
        int status = length < LONG_FORM ? 2 : 2 + length - LONG_FORM;
        return indexOf(response, new byte[] {ENUMERATED, 1, 0}, status) == status
                && indexOf(response, serialNumber(certificate), status) >= 0;
    }

    /** In DER. Serial numbers have at most 20 bytes (RFC 5280 §4.1.2.2). */
    private static byte[] serialNumber(X509Certificate certificate) {
        byte[] number = certificate.getSerialNumber().toByteArray();
        byte[] encoded = new byte[2 + number.length];
        encoded[0] = INTEGER;
        encoded[1] = (byte) number.length;
        System.arraycopy(number, 0, encoded, 2, number.length);
        return encoded;
    }

    private static int indexOf(byte[] in, byte[] part, int from) {
        for (int at = Math.max(0, from); at <= in.length - part.length; at++) {
            if (Arrays.equals(in, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }
}
