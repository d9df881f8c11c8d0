package io.ratemesh.assets.build;

import java.util.Arrays;

/** The kinds of file the UI is made of. */
enum MediaType {
    HTML(".html", "text/html; charset=utf-8"),
    CSS(".css", "text/css; charset=utf-8"),
    // RFC 9239: text/javascript is the one registered type that is not obsolete.
    SCRIPT(".js", "text/javascript; charset=utf-8"),
    JSON(".json", "application/json"),
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
     * The kind by the path's extension.
     *
     * @throws IllegalArgumentException for a kind that would be served with a guessed type
     */
    static MediaType of(String path) {
        return Arrays.stream(values())
                .filter(type -> path.endsWith(type.extension))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        path + ": unknown kind of file (expected: one of " + Arrays.toString(values()) + ")"));
    }
}
