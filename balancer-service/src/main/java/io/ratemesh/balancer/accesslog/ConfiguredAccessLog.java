package io.ratemesh.balancer.accesslog;

import io.ratemesh.node.accesslog.AccessLog;
import io.ratemesh.node.accesslog.LineFormat;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.AccessLogSettings;
import io.ratemesh.node.settings.AccessLogSettings.Format;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/** Opens the balancer's access log as configured. */
public final class ConfiguredAccessLog {

    private static final long MAX_BYTES = 64L << 20;
    private static final int BACKUPS = 4;

    /** Entries per event loop: 100 ms at 150,000 requests per second. */
    private static final int CAPACITY = 16 * 1024;

    private ConfiguredAccessLog() {}

    /**
     * Opens the log; empty if it is off. Opens a file: not for an event loop.
     *
     * @throws StartException if the file cannot be written
     */
    public static Optional<AccessLog<AccessEntry>> open(AccessLogSettings settings, String node) {
        LineFormat<AccessEntry> format = new ConcurrencyLineFormat(format(settings.format(), node));
        return settings.to()
                .map(to -> to.equals(AccessLogSettings.STDOUT)
                        ? AccessLog.toStdout(format, CAPACITY)
                        : file(format, Path.of(to)));
    }

    private static AccessLog<AccessEntry> file(LineFormat<AccessEntry> format, Path file) {
        try {
            return AccessLog.toRollingFile(format, CAPACITY, file, MAX_BYTES, BACKUPS);
        } catch (IOException e) {
            throw new StartException(
                    "balancer.access-log.to: " + file + " cannot be written; use a file in a writable folder: " + e);
        }
    }

    private static AccessEntryFormat format(Format format, String node) {
        return switch (format) {
            case HTTPLOG ->
                new HttpLogFormat(hostName(), ProcessHandle.current().pid(), ZoneId.systemDefault());
            case JSON -> new JsonLineFormat(node);
        };
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
