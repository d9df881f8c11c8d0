package io.ratemesh.assets.build;

/** A file under the name it is served by, with its references rewritten. */
final class PackedFile {
    private final String path;
    private final byte[] content;
    private final boolean immutable;

    PackedFile(String path, byte[] content, boolean immutable) {
        this.path = path;
        this.content = content;
        this.immutable = immutable;
    }

    /** From the web root, without a leading slash. */
    String path() {
        return path;
    }

    byte[] content() {
        return content;
    }

    /** Whether the name carries the content's hash. */
    boolean immutable() {
        return immutable;
    }
}
