package io.ratemesh.assets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All assets of the UI by path, in memory. Immutable and thread-safe. */
public final class AssetCatalog {
    /** The folder in the jar that the packer fills. */
    public static final String FOLDER = "ratemesh-assets";

    /** The index inside {@link #FOLDER}: one {@link IndexEntry} per line. */
    public static final String INDEX = "index.tsv";

    private final Map<String, Asset> assets;

    private AssetCatalog(Map<String, Asset> assets) {
        this.assets = assets;
    }

    /**
     * Reads all assets that were packed into this module's jar.
     *
     * @throws UncheckedIOException if the jar was built without its assets
     */
    public static AssetCatalog load() {
        try {
            Map<String, Asset> assets = new LinkedHashMap<>();
            String index = new String(read(INDEX), UTF_8);
            for (String line : index.lines().toList()) {
                Asset asset = asset(IndexEntry.parse(line));
                assets.put(asset.path(), asset);
            }
            return new AssetCatalog(assets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the asset for the path of a request, without its query. A path that ends in a slash means its {@code
     * index.html}. The path is neither decoded nor normalised.
     */
    public Optional<Asset> find(String path) {
        return Optional.ofNullable(assets.get(path.endsWith("/") ? path + "index.html" : path));
    }

    /** The catalog with some of its assets. */
    public AssetCatalog only(Predicate<Asset> wanted) {
        Map<String, Asset> some = new LinkedHashMap<>(assets);
        some.values().removeIf(wanted.negate());
        return new AssetCatalog(some);
    }

    /** All assets, in order of their paths. */
    public Collection<Asset> all() {
        return List.copyOf(assets.values());
    }

    private static Asset asset(IndexEntry entry) throws IOException {
        String file = entry.path().substring(1);
        Map<Encoding, byte[]> encoded = new EnumMap<>(Encoding.class);
        for (Encoding encoding : entry.encodings()) {
            encoded.put(encoding, read(file + encoding.suffix()));
        }
        return new Asset(entry, read(file), encoded);
    }

    private static byte[] read(String file) throws IOException {
        String resource = "/" + FOLDER + "/" + file;
        try (InputStream in = AssetCatalog.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("asset " + resource + " is not in the jar: pack it first");
            }
            return in.readAllBytes();
        }
    }
}
