package io.ratemesh.systemtests.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A file of the project, read as text or as YAML. */
final class DeployFile {

    private static final Path ROOT = Path.of("..");

    private DeployFile() {}

    static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files below a folder with this ending, relative to the project. */
    static List<String> below(String folder, String ending) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(file -> ROOT.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A YAML file whose root is a map. Keys merged by {@code <<}, which YAML 1.2 does not have, are those of the map itself. */
    static Map<String, Object> yaml(String path) {
        return map(new Load(LoadSettings.builder().setLabel(path).build()).loadFromString(text(path)));
    }

    static Map<String, Object> map(@Nullable Object node) {
        if (!(node instanceof Map<?, ?> map)) {
            throw new AssertionError("not a map: " + node);
        }
        Map<String, Object> merged = new LinkedHashMap<>();
        if (map.containsKey("<<")) {
            merged.putAll(map(map.get("<<")));
        }
        map.forEach((key, value) -> merged.put(String.valueOf(key), value));
        merged.remove("<<");
        return merged;
    }

    static List<Object> list(@Nullable Object node) {
        if (!(node instanceof List<?> list)) {
            throw new AssertionError("not a list: " + node);
        }
        return new ArrayList<>(list);
    }
}
