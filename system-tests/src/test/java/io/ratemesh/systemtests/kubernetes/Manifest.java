package io.ratemesh.systemtests.kubernetes;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One object of a file.
 *
 * @param file that it is in
 * @param root as YAML reads it: maps, lists, strings, numbers and booleans
 */
record Manifest(Path file, Map<?, ?> root) {

    /** All objects of a file. */
    static List<Manifest> read(Path file) {
        try {
            return parse(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All objects of a text with several documents. */
    static List<Manifest> parse(Path file, String text) {
        List<Manifest> all = new ArrayList<>();
        Load yaml = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());
        for (Object document : yaml.loadAllFromString(text)) {
            all.add(new Manifest(file, (Map<?, ?>) document));
        }
        return all;
    }

    String kind() {
        return text("kind");
    }

    String name() {
        return text("metadata.name");
    }

    /** The text at a path such as {@code spec.ports.0.name}. */
    String text(String path) {
        return String.valueOf(at(path));
    }

    int number(String path) {
        return (Integer) at(path);
    }

    /** The map at a path, with text for keys and values; empty if there is none. */
    Map<String, String> texts(String path) {
        return find(path).map(value -> (Map<?, ?>) value).orElse(Map.of()).entrySet().stream()
                .collect(toMap(entry -> String.valueOf(entry.getKey()), entry -> String.valueOf(entry.getValue())));
    }

    /** The items of the list at a path, each as an object of this file; none if there is no list. */
    Stream<Manifest> items(String path) {
        return find(path).map(value -> (List<?>) value).orElse(List.of()).stream()
                .map(item -> new Manifest(file, (Map<?, ?>) item));
    }

    /** The map at a path, as an object of this file. */
    Manifest part(String path) {
        return new Manifest(file, (Map<?, ?>) at(path));
    }

    Object at(String path) {
        return find(path).orElseThrow(() -> new AssertionError(this + " has no " + path));
    }

    Optional<Object> find(String path) {
        Object value = root;
        for (String step : path.split("\\.")) {
            if (value instanceof Map<?, ?> map && map.containsKey(step)) {
                value = map.get(step);
            } else if (value instanceof List<?> list && step.matches("\\d+") && Integer.parseInt(step) < list.size()) {
                value = list.get(Integer.parseInt(step));
            } else {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(value);
    }

    @Override
    public String toString() {
        return file.getFileName() + ": " + find("kind").orElse("part") + " "
                + find("metadata.name").orElse("");
    }
}
