package io.ratemesh.balancer.listener.tls;

import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.TlsSettings;
import io.ratemesh.node.tls.Certificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The certificate in use. Its files are checked every two seconds, and a new pair is put to use; an invalid one is rejected, and the old
 * one stays. Open connections keep theirs.
 */
public final class Certificates {

    private static final long CHECK_MILLIS = 2000;

    private final Vertx vertx;
    private final OpsEvents ops;
    private final TlsSettings settings;
    private final List<ServingPort> ports = new CopyOnWriteArrayList<>();
    private volatile Certificate current;

    /** Of the pair read last, used or rejected. Guarded by this, as is the next. */
    private FileStamps read;

    private FileStamps checked;

    private Certificates(Vertx vertx, OpsEvents ops, TlsSettings settings, Certificate first, FileStamps read) {
        this.vertx = vertx;
        this.ops = ops;
        this.settings = settings;
        this.current = first;
        this.read = read;
        this.checked = read;
    }

    /** Reads the first pair, and checks its files from then on; fails with a {@link StartException} if it is invalid. */
    public static Future<Certificates> open(Vertx vertx, OpsEvents ops, TlsSettings settings) {
        return vertx.executeBlocking(() -> first(vertx, ops, settings))
                .onSuccess(certificates -> vertx.setPeriodic(CHECK_MILLIS, ignored -> certificates.check()));
    }

    private static Certificates first(Vertx vertx, OpsEvents ops, TlsSettings settings) {
        FileStamps stamp = FileStamps.of(settings);
        return new Certificates(vertx, ops, settings, load(settings), stamp);
    }

    /**
     * Reads a pair. Reads files: not for an event loop.
     *
     * @throws StartException if it is invalid
     */
    public static Certificate load(TlsSettings settings) {
        try {
            return read(settings);
        } catch (IOException | GeneralSecurityException e) {
            throw new StartException("balancer.tls: " + settings.certificates() + " and " + settings.key()
                    + " are not a certificate and its key in PEM: " + reason(e));
        }
    }

    private static Certificate read(TlsSettings settings) throws IOException, GeneralSecurityException {
        return Certificate.of(Files.readAllBytes(settings.certificates()), Files.readAllBytes(settings.key()));
    }

    /** The certificate in use. */
    public KeyCertOptions current() {
        return current.options();
    }

    /** The certificate itself, as clients see it. */
    public X509Certificate leaf() {
        return current.leaf();
    }

    /** Updates a server that listens when the certificate changes. One server for each port is enough. */
    public void serves(HttpServer server, ServerSSLOptions options) {
        ports.add(new ServingPort(server, options));
    }

    /**
     * Reads the files now, changed or not.
     *
     * @return whether the pair is in use; false if it is invalid
     */
    public Future<Boolean> reread() {
        return vertx.executeBlocking(() -> {
                    synchronized (this) {
                        checked = FileStamps.of(settings);
                        return read(checked);
                    }
                })
                .compose(this::use);
    }

    /** Completes with true if another pair was put to use. */
    Future<Boolean> check() {
        return vertx.executeBlocking(this::changed).compose(this::use);
    }

    /** Reads a pair only when neither file has changed since the last check, as they are written one after the other. */
    private synchronized Optional<Certificate> changed() {
        FileStamps now = FileStamps.of(settings);
        boolean unchanged = now.equals(checked);
        checked = now;
        return unchanged && !now.equals(read) ? read(now) : Optional.empty();
    }

    private Optional<Certificate> read(FileStamps stamp) {
        read = stamp;
        try {
            return Optional.of(read(settings));
        } catch (IOException | GeneralSecurityException e) {
            reject(e);
            return Optional.empty();
        }
    }

    private Future<Boolean> use(Optional<Certificate> next) {
        if (next.isEmpty()) {
            return Future.succeededFuture(false);
        }
        Certificate certificate = next.get();
        List<Future<Boolean>> updates = ports.stream()
                .map(port -> {
                    ServerSSLOptions options = port.options().copy();
                    options.setKeyCertOptions(certificate.options());
                    return port.server().updateSSLOptions(options);
                })
                .toList();
        return Future.all(updates)
                .map(ignored -> {
                    current = certificate;
                    ops.publish(
                            "certificate-replaced",
                            settings.certificates().toString(),
                            "valid until " + certificate.leaf().getNotAfter().toInstant());
                    return true;
                })
                .otherwise(cause -> {
                    reject(cause);
                    return false;
                });
    }

    private void reject(Throwable cause) {
        ops.publish(
                "certificate-rejected",
                settings.certificates().toString(),
                "the old one stays in use: " + reason(cause));
    }

    private static String reason(Throwable cause) {
        return cause instanceof IOException ? cause.toString() : String.valueOf(cause.getMessage());
    }

    private record ServingPort(HttpServer server, ServerSSLOptions options) {}

    /** The times at which both files were written, and their sizes; -1 for a file that is missing. */
    private record FileStamps(long certificates, long certificatesSize, long key, long keySize) {

        static FileStamps of(TlsSettings settings) {
            return new FileStamps(
                    millis(settings.certificates()),
                    size(settings.certificates()),
                    millis(settings.key()),
                    size(settings.key()));
        }

        private static long millis(Path file) {
            try {
                FileTime written = Files.getLastModifiedTime(file);
                return written.toMillis();
            } catch (IOException e) {
                return -1;
            }
        }

        private static long size(Path file) {
            try {
                return Files.size(file);
            } catch (IOException e) {
                return -1;
            }
        }
    }
}
