package io.ratemesh.assets.build;

/** A file with its final name and rewritten references. */
final class PackedFile {
    private final String path;
    private final byte[] content;
    private final boolean immutable;

    PackedFile(String path, byte[] content, boolean immutable) {
        this.path = path;
        this.content = content;
        this.immutable = immutable;
    }

    /** The path from the web root, without a leading slash. */
    String path() {
        return path;
    }

    byte[] content() {
        return content;
    }

    /** Whether the name contains the hash of the content. */
    boolean immutable() {
        return immutable;
    }
}
