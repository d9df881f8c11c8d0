package io.ratemesh.balancer.listener.tls;

import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.TlsSettings;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The certificate in use. Its files are looked at every few seconds, and a new pair is put to use; one that is not whole or does
 * not fit is refused, and the old one stays. Connections that are open keep what they have.
 */
public final class Certificates {

    private static final long LOOK_MILLIS = 2000;

    private final Vertx vertx;
    private final OpsEvents ops;
    private final TlsSettings settings;
    private final List<Port> ports = new CopyOnWriteArrayList<>();
    private volatile Certificate current;

    /** What was read last, whether it is used or was refused. Guarded by this, as is what follows. */
    private Stamp read;

    private Stamp seen;

    private Certificates(Vertx vertx, OpsEvents ops, TlsSettings settings, Certificate first, Stamp read) {
        this.vertx = vertx;
        this.ops = ops;
        this.settings = settings;
        this.current = first;
        this.read = read;
        this.seen = read;
    }

    /** Reads the first pair and begins to look after it; fails with a {@link StartException} where it is of no use. */
    public static Future<Certificates> open(Vertx vertx, OpsEvents ops, TlsSettings settings) {
        return vertx.executeBlocking(() -> first(vertx, ops, settings))
                .onSuccess(certificates -> vertx.setPeriodic(LOOK_MILLIS, ignored -> certificates.look()));
    }

    private static Certificates first(Vertx vertx, OpsEvents ops, TlsSettings settings) {
        Stamp stamp = Stamp.of(settings);
        try {
            Certificate first = Certificate.read(vertx, settings.certificates(), settings.key());
            return new Certificates(vertx, ops, settings, first, stamp);
        } catch (IOException | GeneralSecurityException e) {
            throw new StartException("balancer.tls: " + settings.certificates() + ", " + settings.key()
                    + " (expected: a certificate and its key in PEM): " + why(e));
        }
    }

    public KeyCertOptions current() {
        return current.options();
    }

    /** A server that listens and is to have what comes after {@link #current()}; one for each port will do. */
    public void serves(HttpServer server, ServerSSLOptions options) {
        ports.add(new Port(server, options));
    }

    /**
     * Reads the files now, changed or not, as an operator asks for.
     *
     * @return whether what they hold is in use; false where it was refused
     */
    public Future<Boolean> reread() {
        return vertx.executeBlocking(() -> {
                    synchronized (this) {
                        seen = Stamp.of(settings);
                        return read(seen);
                    }
                })
                .compose(this::use);
    }

    /** Completes with whether another pair is in use now. */
    Future<Boolean> look() {
        return vertx.executeBlocking(this::changed).compose(this::use);
    }

    /** A pair is read once both files stood still from one look to the next, for they are written one after the other. */
    private synchronized Optional<Certificate> changed() {
        Stamp now = Stamp.of(settings);
        boolean stands = now.equals(seen);
        seen = now;
        return stands && !now.equals(read) ? read(now) : Optional.empty();
    }

    private Optional<Certificate> read(Stamp stamp) {
        read = stamp;
        try {
            return Optional.of(Certificate.read(vertx, settings.certificates(), settings.key()));
        } catch (IOException | GeneralSecurityException e) {
            refuse(e);
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
                            "good until " + certificate.leaf().getNotAfter().toInstant());
                    return true;
                })
                .otherwise(cause -> {
                    refuse(cause);
                    return false;
                });
    }

    private void refuse(Throwable cause) {
        ops.publish("certificate-rejected", settings.certificates().toString(), "the old one stays: " + why(cause));
    }

    private static String why(Throwable cause) {
        return cause instanceof IOException ? cause.toString() : String.valueOf(cause.getMessage());
    }

    private record Port(HttpServer server, ServerSSLOptions options) {}

    /** When both files were written, and how long they are; -1 for one that is not there. */
    private record Stamp(long certificates, long certificatesSize, long key, long keySize) {

        static Stamp of(TlsSettings settings) {
            return new Stamp(
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
