package io.ratemesh.assets;

/** The content codings of assets, in order of preference for equal weights. */
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

    /** The suffix of packed files, with its dot. */
    public String suffix() {
        return suffix;
    }
}
