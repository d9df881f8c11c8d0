package io.ratemesh.assets.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.assets.Encoding;
import io.ratemesh.assets.IndexEntry;
import io.ratemesh.assets.MediaType;
import io.ratemesh.assets.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Packs a folder of web sources into a folder of assets with an index, at build time. */
public final class AssetPacker {
    private AssetPacker() {}

    /**
     * Packs the sources and replaces earlier output.
     *
     * @param args the source folder and the target folder
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: AssetPacker <source folder> <target folder>");
        }
        pack(Path.of(args[0]), Path.of(args[1]));
    }

    static void pack(Path source, Path target) throws IOException {
        delete(target);
        List<IndexEntry> index = new ArrayList<>();
        for (PackedFile file :
                Fingerprinter.pack(ModuleBundler.bundled(read(source))).values()) {
            index.add(write(file, target));
        }
        index.sort(Comparator.comparing(IndexEntry::path));
        StringBuilder lines = new StringBuilder();
        for (IndexEntry entry : index) {
            lines.append(entry.format()).append('\n');
        }
        Files.writeString(target.resolve(AssetCatalog.INDEX), lines, UTF_8);
    }

    private static IndexEntry write(PackedFile file, Path target) throws IOException {
        Path plain = target.resolve(file.path());
        Files.createDirectories(plain.getParent());
        Files.write(plain, file.content());
        Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
        for (Encoding encoding : Encoding.values()) {
            byte[] compressed = Compressor.compress(encoding, file.content());
            if (compressed.length < file.content().length) {
                Files.write(target.resolve(file.path() + encoding.suffix()), compressed);
                encodings.add(encoding);
            }
        }
        return new IndexEntry(
                "/" + file.path(),
                MediaType.of(file.path()).contentType(),
                file.immutable(),
                Sha256.hex(file.content(), IndexEntry.DIGEST_LENGTH),
                encodings);
    }

    private static SortedMap<String, byte[]> read(Path folder) throws IOException {
        SortedMap<String, byte[]> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                sources.put(path, Files.readAllBytes(file));
            }
        }
        return sources;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
