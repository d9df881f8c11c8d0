package io.ratemesh.balancer.listener.tls;

import io.ratemesh.balancer.listener.tls.CertificateSet.Site;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.SettingsException;
import io.ratemesh.node.settings.TlsSettings.Handshake;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The certificates in use, and the CAs of clients. Their files are checked every two seconds, and new ones are put to use together; if one
 * is invalid all are rejected, and the old ones stay. Open connections keep theirs.
 */
public final class Certificates {

    private static final long CHECK_MILLIS = 2000;

    private final Vertx vertx;
    private final OpsEvents ops;
    private final List<ServingPort> ports = new CopyOnWriteArrayList<>();
    private volatile CertificateSet current;

    /** Of the files read last, used or rejected. Guarded by this, as is the next. */
    private FileStamps read;

    private FileStamps checked;

    private Certificates(Vertx vertx, OpsEvents ops, CertificateSet first, FileStamps read) {
        this.vertx = vertx;
        this.ops = ops;
        this.current = first;
        this.read = read;
        this.checked = read;
    }

    /** Reads the files, and checks them from then on; fails with a {@link StartException} if one is invalid. */
    public static Future<Certificates> open(Vertx vertx, OpsEvents ops, Handshake handshake) {
        return vertx.executeBlocking(() -> first(vertx, ops, handshake))
                .onSuccess(certificates -> vertx.setPeriodic(CHECK_MILLIS, ignored -> certificates.check()));
    }

    private static Certificates first(Vertx vertx, OpsEvents ops, Handshake handshake) {
        FileStamps stamps = stamps(handshake);
        try {
            return new Certificates(vertx, ops, CertificateSet.read(handshake), stamps);
        } catch (InvalidFileException e) {
            throw new StartException(e.fault());
        }
    }

    private static FileStamps stamps(Handshake handshake) {
        return FileStamps.of(CertificateSet.files(handshake));
    }

    /** Those in use. */
    public CertificateSet current() {
        return current;
    }

    /** Updates a server that listens when the certificates change. One server for each port is enough. */
    public void serves(HttpServer server, ServerSSLOptions options) {
        ports.add(new ServingPort(server, options));
    }

    /**
     * Reads the files of settings, changed or not, and changes nothing yet; fails with a {@link SettingsException} if one is invalid.
     */
    public Future<CertificateSet> read(Handshake handshake) {
        return vertx.executeBlocking(() -> {
            FileStamps stamps = stamps(handshake);
            CertificateSet next;
            try {
                next = CertificateSet.read(handshake);
            } catch (InvalidFileException e) {
                throw new SettingsException(List.of(e.fault()));
            }
            synchronized (this) {
                read = stamps;
                checked = stamps;
            }
            return next;
        });
    }

    /** Completes with true if other certificates were put to use. */
    Future<Boolean> check() {
        return vertx.executeBlocking(this::changed)
                .compose(next -> next.map(this::use).orElseGet(() -> Future.succeededFuture(false)));
    }

    /** Reads files only when none has changed since the last check, as they are written one after the other. */
    private synchronized Optional<CertificateSet> changed() {
        Handshake handshake = current.handshake();
        FileStamps now = stamps(handshake);
        boolean unchanged = now.equals(checked);
        checked = now;
        if (!unchanged || now.equals(read)) {
            return Optional.empty();
        }
        read = now;
        try {
            return Optional.of(CertificateSet.read(handshake));
        } catch (InvalidFileException e) {
            reject(e.file(), e.reason());
            return Optional.empty();
        }
    }

    /** Puts what was read to use for new connections; completes with false if that fails, and the old ones stay. */
    public Future<Boolean> use(CertificateSet next) {
        List<Future<Boolean>> updates = ports.stream()
                .map(port -> {
                    ServerSSLOptions options = port.options().copy();
                    next.applyTo(options);
                    return port.server().updateSSLOptions(options);
                })
                .toList();
        return Future.all(updates)
                .map(ignored -> {
                    CertificateSet before = current;
                    current = next;
                    publishChanges(before, next);
                    return true;
                })
                .otherwise(cause -> {
                    reject(next.sites().get(0).files().certificates(), String.valueOf(cause.getMessage()));
                    return false;
                });
    }

    private void publishChanges(CertificateSet before, CertificateSet next) {
        List<X509Certificate> old =
                before.sites().stream().map(site -> site.certificate().leaf()).toList();
        List<Optional<Buffer>> oldStapled =
                before.sites().stream().map(Site::stapled).toList();
        for (Site site : next.sites()) {
            X509Certificate leaf = site.certificate().leaf();
            if (!old.contains(leaf)) {
                replaced(
                        site.files().certificates(),
                        "valid until " + leaf.getNotAfter().toInstant());
            } else if (!oldStapled.contains(site.stapled())) {
                site.files().ocsp().ifPresent(file -> replaced(file, "another OCSP response is stapled"));
            }
        }
        if (!before.clientCas().equals(next.clientCas())) {
            next.handshake()
                    .clients()
                    .ifPresent(clients -> replaced(
                            clients.ca(),
                            "clients' certificates need one of these CAs: "
                                    + next.clientCas().size()));
        }
    }

    private void replaced(Path file, String detail) {
        ops.publish("certificate-replaced", file.toString(), detail);
    }

    private void reject(Path file, String reason) {
        ops.publish("certificate-rejected", file.toString(), "the old one stays in use: " + reason);
    }

    private record ServingPort(HttpServer server, ServerSSLOptions options) {}
}
