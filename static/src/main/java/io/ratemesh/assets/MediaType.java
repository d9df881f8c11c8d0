package io.ratemesh.assets;

import java.util.Arrays;
import java.util.Optional;

/** The media types of the UI's files. */
public enum MediaType {
    HTML(".html", "text/html; charset=utf-8"),
    CSS(".css", "text/css; charset=utf-8"),
    // RFC 9239: all other registered types of JavaScript are obsolete.
    SCRIPT(".js", "text/javascript; charset=utf-8"),
    JSON(".json", "application/json"),
    MANIFEST(".webmanifest", "application/manifest+json"),
    SVG(".svg", "image/svg+xml"),
    PNG(".png", "image/png"),
    FONT(".woff2", "font/woff2"),
    TEXT(".txt", "text/plain; charset=utf-8");

    private final String extension;
    private final String contentType;

    MediaType(String extension, String contentType) {
        this.extension = extension;
        this.contentType = contentType;
    }

    /** The {@code Content-Type}, with the charset for text. */
    public String contentType() {
        return contentType;
    }

    /**
     * Returns the type for the extension of a path.
     *
     * @throws IllegalArgumentException if the extension is unknown
     */
    public static MediaType of(String path) {
        return find(path)
                .orElseThrow(() -> new IllegalArgumentException(
                        path + ": unknown kind of file; must be one of " + Arrays.toString(values())));
    }

    /** Returns the type for the extension of a path; empty if the extension is unknown. */
    static Optional<MediaType> find(String path) {
        return Arrays.stream(values())
                .filter(type -> path.endsWith(type.extension))
                .findFirst();
    }
}
