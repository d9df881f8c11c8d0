package io.ratemesh.node.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The settings as given, by precedence: {@code --set}, the environment, the file. Values of {@code --set} and of the
 * environment are YAML too, so that they can be lists and maps.
 */
final class SettingsSources {

    /** The file in the working folder that is read without {@code --config}. */
    private static final String DEFAULT_FILE = "ratemesh.yaml";

    /** The start of the origin of an environment variable. */
    static final String ENVIRONMENT = "environment ";

    private static final String ENVIRONMENT_PREFIX = "RATEMESH_";
    private static final int MAX_FILE_BYTES = 1 << 20;

    /** Variables that are not settings: the launcher and {@link Home} read them. */
    private static final List<String> RESERVED_VARIABLES = List.of("RATEMESH_HOME", "RATEMESH_JAVA_OPTS");

    private final Map<String, Given> bySet;
    private final Map<String, Given> byVariable;
    private final Map<String, Given> byFile;

    /** The variables that are maps, by the section that each one is. */
    private final Map<String, Map<String, Given>> sections = new TreeMap<>();

    private SettingsSources(Map<String, Given> bySet, Map<String, Given> byVariable, Map<String, Given> byFile) {
        this.bySet = bySet;
        this.byVariable = byVariable;
        this.byFile = byFile;
    }

    /**
     * A value and its source.
     *
     * @param value as parsed by YAML; null for an empty one
     * @param text as written
     * @param origin for messages, such as {@code --set} or {@code file ratemesh.yaml}
     */
    record Given(@Nullable Object value, String text, String origin) {}

    /**
     * Gathers the sources.
     *
     * @param file the file of {@code --config}; if empty, {@value #DEFAULT_FILE} if it exists
     * @param sets the arguments of {@code --set}, {@code key=value}
     * @param environment the variables of the process
     * @throws SettingsException if a file cannot be read or a value is not YAML
     */
    static SettingsSources gather(Optional<Path> file, List<String> sets, Map<String, String> environment) {
        return new SettingsSources(fromSets(sets), fromEnvironment(environment), fromFile(file));
    }

    /** The sources of one item of a list. */
    static SettingsSources ofItem(Map<String, Object> item, String origin) {
        Map<String, Given> given = new LinkedHashMap<>();
        flatten("", item, "", origin, given);
        return new SettingsSources(Map.of(), Map.of(), given);
    }

    /** The value of a key from the source with the highest precedence. */
    Optional<Given> find(String key) {
        Given given = bySet.get(key);
        if (given == null) {
            given = inVariables(key);
        }
        if (given == null) {
            given = byFile.get(key);
        }
        return Optional.ofNullable(given);
    }

    /** The given keys below a section: those in the file, of variables that are maps, and of {@code --set}. */
    Set<String> keysBelow(String section) {
        Set<String> keys = new LinkedHashSet<>(byFile.keySet());
        withParents(section).forEach(each -> keys.addAll(inVariable(each).keySet()));
        keys.addAll(bySet.keySet());
        keys.removeIf(key -> !key.startsWith(section + "."));
        return keys;
    }

    /** The origin of every given key. A variable that is a map counts as its keys, once one of them was looked for. */
    Map<String, String> keyOrigins() {
        Map<String, String> origins = new TreeMap<>();
        byFile.forEach((key, given) -> origins.put(key, given.origin()));
        sections.values().forEach(keys -> keys.forEach((key, given) -> origins.put(key, given.origin())));
        bySet.forEach((key, given) -> origins.put(key, given.origin()));
        return origins;
    }

    /** The origin of every other variable. */
    Map<String, String> variableOrigins() {
        Map<String, String> origins = new TreeMap<>();
        byVariable.forEach((variable, given) -> origins.put(variable, given.origin()));
        sections.keySet().forEach(section -> origins.remove(variable(section)));
        return origins;
    }

    /** The environment variable of a key: {@code balancer.http.port} is {@code RATEMESH_BALANCER_HTTP_PORT}. */
    static String variable(String key) {
        StringBuilder variable = new StringBuilder(ENVIRONMENT_PREFIX);
        key.chars().forEach(c -> variable.append(c == '.' || c == '-' ? '_' : (char) Character.toUpperCase(c)));
        return variable.toString();
    }

    /** The variable of the key itself, else that of the nearest section around it. */
    private @Nullable Given inVariables(String key) {
        Given given = byVariable.get(variable(key));
        for (String section : given == null ? withParents(parent(key)) : List.<String>of()) {
            given = inVariable(section).get(key);
            if (given != null) {
                return given;
            }
        }
        return given;
    }

    /** The keys of a section whose variable is a map; none if it is not. */
    private Map<String, Given> inVariable(String section) {
        Given given = byVariable.get(variable(section));
        if (given == null || !(given.value() instanceof Map)) {
            return Map.of();
        }
        return sections.computeIfAbsent(section, name -> {
            Map<String, Given> keys = new LinkedHashMap<>();
            flatten(name, given.value(), given.text(), given.origin(), keys);
            return keys;
        });
    }

    /** A section and those around it, the nearest first. */
    private static List<String> withParents(String section) {
        return Stream.iterate(section, each -> !each.isEmpty(), SettingsSources::parent)
                .toList();
    }

    private static String parent(String key) {
        return key.substring(0, Math.max(key.lastIndexOf('.'), 0));
    }

    private static Map<String, Given> fromSets(List<String> sets) {
        Map<String, Given> given = new LinkedHashMap<>();
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals < 1) {
                throw new SettingsException("--set " + set + ": has no key or no value; use --set key=value");
            }
            String key = set.substring(0, equals);
            String text = set.substring(equals + 1);
            Object value = yaml(text, key + " from --set");
            // Only braces make a map here: YAML also reads the address :: as one.
            boolean textIsAll = value instanceof Map && !text.stripLeading().startsWith("{");
            flatten(key, textIsAll ? text : value, text, "--set", given);
        }
        return given;
    }

    private static Map<String, Given> fromEnvironment(Map<String, String> environment) {
        Map<String, Given> given = new TreeMap<>();
        environment.forEach((variable, text) -> {
            if (variable.startsWith(ENVIRONMENT_PREFIX) && !RESERVED_VARIABLES.contains(variable)) {
                given.put(variable, new Given(yamlOrText(text, variable), text, ENVIRONMENT + variable));
            }
        });
        return given;
    }

    private static Map<String, Given> fromFile(Optional<Path> named) {
        Path file = named.orElse(Path.of(DEFAULT_FILE));
        if (named.isEmpty() && !Files.exists(file)) {
            return Map.of();
        }
        String text;
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new SettingsException(
                        "--config " + file + ": larger than " + MAX_FILE_BYTES + " bytes; use a smaller file");
            }
            text = Files.readString(file);
        } catch (IOException e) {
            throw new SettingsException("--config " + file + ": cannot be read; use a YAML file in UTF-8");
        }
        Object root = yaml(text, "file " + file);
        Map<String, Given> given = new LinkedHashMap<>();
        if (root instanceof Map) {
            flatten("", root, "", "file " + file, given);
        } else if (root != null) {
            throw new SettingsException("file " + file + ": has no settings; use keys such as cluster: or balancer:");
        }
        return given;
    }

    private static void flatten(
            String key, @Nullable Object value, String text, String origin, Map<String, Given> into) {
        if (value instanceof Map<?, ?> map && map.isEmpty()) {
            into.put(key, new Given(null, text, origin));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, child) -> {
                String path = key.isEmpty() ? String.valueOf(name) : key + "." + name;
                flatten(path, child, String.valueOf(child), origin, into);
            });
        } else {
            into.put(key, new Given(value, text, origin));
        }
    }

    /** The value of a variable may be a password, which need not be valid YAML. */
    private static @Nullable Object yamlOrText(String text, String where) {
        try {
            return yaml(text, where);
        } catch (SettingsException e) {
            return text;
        }
    }

    private static @Nullable Object yaml(String text, String where) {
        try {
            return new Load(LoadSettings.builder()
                            .setAllowDuplicateKeys(false)
                            .setLabel(where)
                            .build())
                    .loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            // The message of the exception would show the line, which may contain a secret.
            String at = e.getProblemMark()
                    .map(mark -> " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new SettingsException(where + ": not YAML: " + e.getProblem() + at);
        } catch (YamlEngineException e) {
            throw new SettingsException(where + ": not YAML");
        }
    }
}
