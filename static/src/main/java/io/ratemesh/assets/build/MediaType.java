package io.ratemesh.assets.build;

import java.util.Arrays;

/** The media types of the UI's files. */
enum MediaType {
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

    String contentType() {
        return contentType;
    }

    /**
     * Returns the type for the extension of a path.
     *
     * @throws IllegalArgumentException if the extension is unknown
     */
    static MediaType of(String path) {
        return Arrays.stream(values())
                .filter(type -> path.endsWith(type.extension))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        path + ": unknown kind of file; must be one of " + Arrays.toString(values())));
    }
}
