package io.ratemesh.balancer;

import io.ratemesh.balancer.accesslog.AccessLog;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.AccessLogSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the front door's access log as the settings say. */
final class ConfiguredAccessLog {

    private static final long MOST_BYTES = 64L << 20;

    /** Beside the one that is written. */
    private static final int KEPT = 4;

    private ConfiguredAccessLog() {}

    /**
     * Empty where nothing is to be logged. Opens a file: not for an event loop.
     *
     * @throws StartException where it cannot be written
     */
    static Optional<AccessLog> open(AccessLogSettings settings, String node) {
        AccessLogSettings.Format format = settings.format();
        return settings.to()
                .map(to -> to.equals(AccessLogSettings.STDOUT)
                        ? AccessLog.toStdout(format, node)
                        : file(format, node, Path.of(to)));
    }

    private static AccessLog file(AccessLogSettings.Format format, String node, Path file) {
        try {
            return AccessLog.toFile(format, node, file, MOST_BYTES, KEPT);
        } catch (IOException e) {
            throw new StartException(
                    "balancer.access-log.to: " + file + " (expected: a file that can be written): " + e);
        }
    }
}
