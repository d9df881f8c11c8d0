package io.ratemesh.benchmarks.assets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The UI's assets as they lie in a balancer's jar: the very bytes that it serves. */
final class PackedAssets {

    private static final String FOLDER = "ratemesh-assets/";
    private static final String INDEX = FOLDER + "index.tsv";
    private static final String GZIP = ".gz";

    private final List<PackedAsset> all;

    private PackedAssets(List<PackedAsset> all) {
        this.all = all;
    }

    /**
     * Copies them into a folder, beside each the one packed with gzip where there is one.
     *
     * @throws IllegalStateException where the jar has none
     */
    static PackedAssets unpack(Path jar, Path folder) {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<PackedAsset> all = new ArrayList<>();
            for (String line : new String(read(file, INDEX), UTF_8).lines().toList()) {
                IndexLine index = IndexLine.parse(line);
                String name = index.path().substring(1);
                byte[] plain = read(file, FOLDER + name);
                write(folder.resolve(name), plain);
                Optional<byte[]> gzip = find(file, FOLDER + name + GZIP);
                gzip.ifPresent(bytes -> write(folder.resolve(name + GZIP), bytes));
                all.add(new PackedAsset(index, plain.length, gzip.map(bytes -> bytes.length)));
            }
            return new PackedAssets(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All, as in the index. */
    List<PackedAsset> all() {
        return List.copyOf(all);
    }

    /** The smallest whose name carries its hash and that is packed with gzip too. */
    Optional<PackedAsset> smallest() {
        return all.stream()
                .filter(asset -> asset.index().immutable() && asset.gzipBytes().isPresent())
                .min(Comparator.comparingInt(PackedAsset::bytes));
    }

    /** The largest of all. */
    Optional<PackedAsset> largest() {
        return all.stream().max(Comparator.comparingInt(PackedAsset::bytes));
    }

    /** The start page. */
    Optional<PackedAsset> page() {
        return all.stream()
                .filter(asset -> asset.index().path().equals("/index.html"))
                .findFirst();
    }

    private static byte[] read(JarFile jar, String name) throws IOException {
        return find(jar, name)
                .orElseThrow(() -> new IllegalStateException(name + " is not in " + jar.getName()
                        + "; build it: ./mvnw -DskipTests -pl balancer-service -am package"));
    }

    private static Optional<byte[]> find(JarFile jar, String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return Optional.of(in.readAllBytes());
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
