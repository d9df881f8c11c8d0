package io.ratemesh.assets;

/** A content coding that assets are packed in, most wanted first: the order decides between equal weights. */
public enum Encoding {
    BR("br", ".br"),
    ZSTD("zstd", ".zst"),
    GZIP("gzip", ".gz");

    private final String token;
    private final String suffix;

    Encoding(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }

    /** The name in {@code Accept-Encoding} and {@code Content-Encoding}, lower case. */
    public String token() {
        return token;
    }

    /** What the packed file's name ends with, dot included. */
    public String suffix() {
        return suffix;
    }
}
