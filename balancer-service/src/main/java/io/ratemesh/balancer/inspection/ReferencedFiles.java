package io.ratemesh.balancer.inspection;

import io.ratemesh.balancer.admin.Password;
import io.ratemesh.balancer.http.ErrorPages;
import io.ratemesh.balancer.listener.tls.CertificateSet;
import io.ratemesh.balancer.listener.tls.InvalidFileException;
import io.ratemesh.balancer.routing.RouteAccess;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.node.lifecycle.SecretFile;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.AccessLogSettings;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.RouteSettings;
import io.ratemesh.node.settings.SettingsException;
import io.ratemesh.node.settings.TlsSettings;
import io.ratemesh.node.tls.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that the settings of a balancer name: certificate and key, passwords, access log, static files. Writes none. */
final class ReferencedFiles {

    private static final Duration SOON = Duration.ofDays(30);

    private final BalancerSettings settings;
    private final Optional<CertificateSet> certificates;
    private final List<String> faults = new ArrayList<>();

    /** Reads the files. */
    ReferencedFiles(BalancerSettings settings) {
        this.settings = settings;
        this.certificates = settings.tls().flatMap(this::certificates);
        readOfRequests();
        BalancerSettings.Stats stats = settings.stats();
        // The admin's password is generated where its file is missing.
        if (stats.password().isEmpty() && Files.exists(stats.passwordFile())) {
            readSecret(() -> Password.in(stats.passwordFile(), "balancer.stats.password-file"));
        }
        stats.viewerPasswordFile()
                .ifPresent(file -> readSecret(() -> Password.in(file, "balancer.stats.viewer-password-file")));
        settings.accessLog()
                .to()
                .filter(to -> !to.equals(AccessLogSettings.STDOUT))
                .map(Path::of)
                .filter(file -> !isWritable(file))
                .ifPresent(file -> faults.add(
                        "balancer.access-log.to: " + file + " cannot be written; use a file in a writable folder"));
    }

    /** What would stop a start. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    void addWarnings(Instant now, SettingsWarnings warnings) {
        certificates.ifPresent(set -> set.sites().forEach(site -> {
            addOfValidity(site, now, warnings);
            addOfReaders(site.files().privateKey(), site.files().key() + ".key", "key", warnings);
        }));
        BalancerSettings.Stats stats = settings.stats();
        if (stats.password().isEmpty()) {
            addOfReaders(stats.passwordFile(), "balancer.stats.password-file", "password", warnings);
        }
        stats.viewerPasswordFile()
                .ifPresent(file -> addOfReaders(file, "balancer.stats.viewer-password-file", "password", warnings));
        settings.statics()
                .dir()
                .filter(dir -> !Files.isDirectory(dir))
                .ifPresent(dir -> warnings.add(
                        "balancer.static.dir", dir + " is not a folder, so no file is found", "create it"));
    }

    private Optional<CertificateSet> certificates(TlsSettings tls) {
        try {
            return Optional.of(CertificateSet.read(tls.handshake()));
        } catch (InvalidFileException e) {
            faults.add(e.fault());
            return Optional.empty();
        }
    }

    /** Those of pools, routes and error pages. */
    private void readOfRequests() {
        settings.pools().forEach(pool -> read(() -> UpstreamTransport.read(pool)));
        for (int i = 0; i < settings.routes().size(); i++) {
            RouteSettings route = settings.routes().get(i);
            String key = "balancer.routes[" + i + "]";
            read(() -> RouteAccess.requireUsers(route.access(), key));
        }
        read(() -> ErrorPages.read(settings.errorPages()));
        if (settings.signsCookies() && Files.exists(settings.affinityKeyFile())) {
            readSecret(() -> SecretFile.readOrCreate(settings.affinityKeyFile(), "balancer.affinity-key-file", "key"));
        }
    }

    private void read(Runnable files) {
        try {
            files.run();
        } catch (SettingsException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
    }

    private void readSecret(Runnable file) {
        try {
            file.run();
        } catch (StartException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
    }

    /** The folders of an access log are created at the start. */
    private static boolean isWritable(Path file) {
        if (Files.exists(file)) {
            return Files.isRegularFile(file) && Files.isWritable(file);
        }
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && Files.notExists(folder)) {
            folder = folder.getParent();
        }
        return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    }

    private void addOfValidity(CertificateSet.Site site, Instant now, SettingsWarnings warnings) {
        String key = site.files().key() + ".cert";
        Certificate used = site.certificate();
        Instant begin = used.leaf().getNotBefore().toInstant();
        Instant end = used.leaf().getNotAfter().toInstant();
        if (now.isBefore(begin)) {
            warnings.add(key, "the certificate is valid only from " + begin, "use one that is valid now");
        } else if (now.isAfter(end)) {
            warnings.add(key, "the certificate expired at " + end, "replace it");
        } else if (now.plus(SOON).isAfter(end)) {
            warnings.add(
                    key,
                    "the certificate expires in " + ChronoUnit.DAYS.between(now, end) + " days, at " + end,
                    "renew it");
        }
    }

    private static void addOfReaders(Path file, String key, String kind, SettingsWarnings warnings) {
        try {
            warnings.addIf(
                    Files.exists(file) && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ),
                    key,
                    "every user of this machine can read the " + kind + " in " + file,
                    "chmod 600 it");
        } catch (IOException | UnsupportedOperationException e) {
            // A file that cannot be read is a fault; without POSIX permissions there is nothing to warn of.
        }
    }
}
