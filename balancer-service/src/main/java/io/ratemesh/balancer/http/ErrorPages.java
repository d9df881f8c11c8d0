package io.ratemesh.balancer.http;

import io.ratemesh.node.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operator's own pages for browsers, in place of those that the balancer makes where a pool has no response. */
public final class ErrorPages {

    /** None. */
    public static final ErrorPages NONE = new ErrorPages(Map.of());

    private static final int MAX_BYTES = 256 * 1024;

    private final Map<Integer, byte[]> byStatus;

    private ErrorPages(Map<Integer, byte[]> byStatus) {
        this.byStatus = byStatus;
    }

    /**
     * Reads files; not for an event loop.
     *
     * @param files HTML in UTF-8, by status
     * @throws SettingsException if one cannot be read, or is larger than 256 KiB
     */
    public static ErrorPages read(Map<Integer, Path> files) {
        Map<Integer, byte[]> pages = new HashMap<>();
        files.forEach((status, file) -> pages.put(status, read(status, file)));
        return new ErrorPages(Map.copyOf(pages));
    }

    private static byte[] read(int status, Path file) {
        String setting = "balancer.error-pages." + status + ": \"" + file + "\" ";
        try (InputStream in = Files.newInputStream(file)) {
            byte[] page = in.readNBytes(MAX_BYTES + 1);
            if (page.length > MAX_BYTES) {
                throw new SettingsException(setting + "is too large; use a file of at most 256 KiB");
            }
            return page;
        } catch (IOException e) {
            throw new SettingsException(setting + "cannot be read; use a file with HTML in UTF-8");
        }
    }

    /** The page for a status; null if there is none. */
    byte @Nullable [] page(int status) {
        return byStatus.get(status);
    }
}
