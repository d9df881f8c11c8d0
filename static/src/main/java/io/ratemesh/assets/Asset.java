package io.ratemesh.assets;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file of the UI with its representations. */
public final class Asset {
    /** For names that contain the hash of the content: one year. */
    public static final String IMMUTABLE = "public, max-age=31536000, immutable";

    /** For files that keep their names: cached, but revalidated each time, so that a new release is visible at once. */
    public static final String REVALIDATE = "no-cache";

    private final String path;
    private final String contentType;
    private final boolean immutable;
    private final Representation identity;
    private final Map<Encoding, Representation> encoded;

    Asset(IndexEntry entry, byte[] identity, Map<Encoding, byte[]> encoded) {
        this.path = entry.path();
        this.contentType = entry.contentType();
        this.immutable = entry.immutable();
        this.identity = new Representation(null, '"' + entry.digest() + '"', identity);
        this.encoded = encoded.entrySet().stream()
                .collect(toUnmodifiableMap(
                        Map.Entry::getKey,
                        e -> new Representation(
                                e.getKey(),
                                '"' + entry.digest() + '-' + e.getKey().token() + '"',
                                e.getValue())));
    }

    /**
     * A file of another build, without encodings.
     *
     * @return empty unless the name contains the hash of the content
     */
    public static Optional<Asset> ofOtherBuild(String path, byte[] content) {
        if (!Fingerprint.isIn(path, content)) {
            return Optional.empty();
        }
        return MediaType.find(path).map(type -> {
            String digest = Sha256.hex(content, IndexEntry.DIGEST_LENGTH);
            return new Asset(new IndexEntry(path, type.contentType(), true, digest, Set.of()), content, Map.of());
        });
    }

    /** The path of requests for it, such as {@code /index.html}. */
    public String path() {
        return path;
    }

    /** The {@code Content-Type}, with the charset for text. */
    public String contentType() {
        return contentType;
    }

    /** Whether the name contains the hash of the content, so that caches need not revalidate it. */
    public boolean immutable() {
        return immutable;
    }

    /** The {@code Cache-Control} value: {@link #IMMUTABLE} or {@link #REVALIDATE}. */
    public String cacheControl() {
        return immutable ? IMMUTABLE : REVALIDATE;
    }

    /** Whether it is an HTML page, to which the {@link PageHeaders#page()} apply. */
    public boolean page() {
        return contentType.startsWith("text/html");
    }

    /**
     * The fields that all representations have in common, {@code Vary} included. The server adds {@code ETag}, {@code
     * Content-Encoding} and {@code Content-Length}.
     */
    public Map<String, String> headers() {
        return PageHeaders.of(this);
    }

    /** The plain bytes. */
    public Representation identity() {
        return identity;
    }

    /** The asset in one encoding; empty if that is not smaller than the plain bytes. */
    public Optional<Representation> encoded(Encoding encoding) {
        return Optional.ofNullable(encoded.get(encoding));
    }

    /** All representations: the encoded ones in order of preference, then the plain one. */
    public List<Representation> representations() {
        return Stream.concat(
                        Stream.of(Encoding.values()).map(this::encoded).flatMap(Optional::stream), Stream.of(identity))
                .toList();
    }

    /**
     * Chooses by weight (RFC 9110 §12.5.3); of equal weights in the order br, zstd, gzip, plain. Plain is acceptable unless
     * the client excludes it by {@code identity;q=0} or {@code *;q=0}.
     *
     * @param acceptEncoding the {@code Accept-Encoding} value, several lines joined by commas; null if there is none
     * @return empty if the client accepts none: 406
     */
    public Optional<Representation> choose(@Nullable String acceptEncoding) {
        AcceptEncoding accepted = AcceptEncoding.parse(acceptEncoding);
        OptionalInt identityWeight = accepted.identityWeight();
        @Nullable Representation best = null;
        int bestWeight = 0;
        for (Encoding encoding : Encoding.values()) {
            Representation candidate = encoded.get(encoding);
            if (candidate != null && accepted.weight(encoding) > bestWeight) {
                best = candidate;
                bestWeight = accepted.weight(encoding);
            }
        }
        if (best == null) {
            return identityWeight.isPresent() && identityWeight.getAsInt() == 0
                    ? Optional.empty()
                    : Optional.of(identity);
        }
        return Optional.of(identityWeight.orElse(0) > bestWeight ? identity : best);
    }
}
