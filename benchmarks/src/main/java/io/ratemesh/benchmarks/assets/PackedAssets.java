package io.ratemesh.benchmarks.assets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.benchmarks.contender.Nginx;
import io.ratemesh.benchmarks.load.LoadCase;
import io.ratemesh.benchmarks.load.LoadPlan;
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

/** The UI's assets, copied from the balancer's jar to a folder. */
record PackedAssets(List<PackedAsset> all, Path folder) {

    private static final String PREFIX = "ratemesh-assets/";
    private static final String INDEX = PREFIX + "index.tsv";
    private static final String GZIP_SUFFIX = ".gz";
    private static final String ACCEPT_GZIP = "Accept-Encoding: gzip";

    PackedAssets {
        all = List.copyOf(all);
    }

    /**
     * Copies the assets and their gzip variants.
     *
     * @throws IllegalStateException if the jar has no assets
     */
    static PackedAssets unpack(Path jar, Path folder) {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<PackedAsset> all = new ArrayList<>();
            for (String line : new String(read(file, INDEX), UTF_8).lines().toList()) {
                all.add(unpack(file, PackedAsset.fields(line), folder));
            }
            return new PackedAssets(all, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PackedAsset unpack(JarFile jar, List<String> index, Path folder) throws IOException {
        String name = index.get(0).substring(1);
        byte[] plain = read(jar, PREFIX + name);
        write(folder.resolve(name), plain);
        Optional<byte[]> gzip = find(jar, PREFIX + name + GZIP_SUFFIX);
        gzip.ifPresent(bytes -> write(folder.resolve(name + GZIP_SUFFIX), bytes));
        boolean immutable = index.get(2).equals("immutable");
        return new PackedAsset(index.get(0), index.get(1), immutable, plain.length, gzip.map(bytes -> bytes.length));
    }

    /** nginx with these files. */
    Nginx nginx() {
        return Nginx.files(
                folder,
                all.stream().map(PackedAsset::nginxType).distinct().toList(),
                all.stream()
                        .filter(asset -> !asset.immutable())
                        .map(PackedAsset::path)
                        .toList());
    }

    /** The start page, the smallest asset and the largest asset, each plain and, if there is a variant, gzip. */
    List<LoadCase> loads(int connections) {
        List<LoadCase> loads = new ArrayList<>();
        all.stream()
                .filter(asset -> asset.path().equals("/index.html"))
                .findFirst()
                .ifPresent(page -> addLoads(loads, "page", "/", page, connections));
        all.stream()
                .filter(asset -> asset.immutable() && asset.gzipBytes().isPresent())
                .min(Comparator.comparingInt(PackedAsset::bytes))
                .ifPresent(asset -> addLoads(loads, "small asset", asset.path(), asset, connections));
        all.stream()
                .max(Comparator.comparingInt(PackedAsset::bytes))
                .ifPresent(asset -> addLoads(loads, "largest asset", asset.path(), asset, connections));
        return loads;
    }

    private static void addLoads(List<LoadCase> loads, String name, String path, PackedAsset asset, int connections) {
        loads.add(new LoadCase(name + ", " + asset.bytes() + " B", new LoadPlan(path, connections)));
        asset.gzipBytes()
                .ifPresent(bytes -> loads.add(new LoadCase(
                        name + ", gzip, " + bytes + " B", new LoadPlan(path, List.of(ACCEPT_GZIP), connections))));
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
