package io.ratemesh.systemtests.kubernetes;

import io.ratemesh.systemtests.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The folders of {@code deploy/kubernetes} that have a {@code kustomization.yaml}, and the files in them. */
final class KustomizedFolders {

    static final Path ROOT = Workspace.module("deploy").resolve("kubernetes");
    static final Path BASE = ROOT.resolve("base");

    private static final String KUSTOMIZATION = "kustomization.yaml";

    private KustomizedFolders() {}

    static List<Path> all() {
        return files(ROOT)
                .filter(file -> file.endsWith(KUSTOMIZATION))
                .map(file -> file.resolveSibling(""))
                .sorted()
                .toList();
    }

    /** The resources of a folder, those of other folders not included. */
    static List<Manifest> resources(Path folder) {
        return listed(folder, "resources")
                .filter(Files::isRegularFile)
                .flatMap(file -> Manifest.read(file).stream())
                .toList();
    }

    /** The files and folders that the kustomization of a folder names. */
    static Set<Path> named(Path folder) {
        Set<Path> named = new TreeSet<>();
        Stream.of("resources", "components")
                .forEach(list -> listed(folder, list).forEach(named::add));
        kustomization(folder)
                .items("patches")
                .flatMap(patch -> patch.find("path").stream())
                .forEach(path -> named.add(resolve(folder, path)));
        kustomization(folder)
                .items("configMapGenerator")
                .flatMap(map -> ((List<?>) map.at("files")).stream())
                .forEach(path -> named.add(resolve(folder, path)));
        return named;
    }

    /** The files of a folder, except its kustomization. */
    static Set<Path> filesIn(Path folder) {
        Set<Path> files = new TreeSet<>();
        files(folder).filter(file -> !file.endsWith(KUSTOMIZATION)).forEach(files::add);
        return files;
    }

    private static Manifest kustomization(Path folder) {
        return Manifest.read(folder.resolve(KUSTOMIZATION)).get(0);
    }

    private static Stream<Path> listed(Path folder, String list) {
        return kustomization(folder).find(list).map(value -> (List<?>) value).orElse(List.of()).stream()
                .map(path -> resolve(folder, path));
    }

    private static Path resolve(Path folder, Object path) {
        return folder.resolve(String.valueOf(path)).normalize();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
