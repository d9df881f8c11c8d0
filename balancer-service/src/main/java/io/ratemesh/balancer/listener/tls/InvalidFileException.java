package io.ratemesh.balancer.listener.tls;

import java.nio.file.Path;

/** A file with a certificate, a key or CAs that cannot be used. The message names the setting and the file. */
public final class InvalidFileException extends Exception {

    private final String fault;
    private final Path file;
    private final String reason;

    InvalidFileException(String key, Path file, String problem, String reason) {
        this(key + ": " + problem + ": " + reason, file, reason);
    }

    private InvalidFileException(String fault, Path file, String reason) {
        super(fault);
        this.fault = fault;
        this.file = file;
        this.reason = reason;
    }

    /** The message. */
    public String fault() {
        return fault;
    }

    /** The file, or the first of those that belong together. */
    Path file() {
        return file;
    }

    /** What is wrong with it. */
    String reason() {
        return reason;
    }
}
