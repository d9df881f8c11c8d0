package io.ratemesh.launcher.settings;

import io.ratemesh.launcher.outcome.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What the user set for the nodes, as far as the launcher must know it: names and ports. The nodes themselves read and
 * check the whole; a value that makes no sense is left for them to refuse.
 */
public final class GivenSettings {

    /** Read from the working folder where no {@code --config} is given, as the nodes do. */
    private static final String DEFAULT_FILE = "ratemesh.yaml";

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private final Map<String, String> environment;
    private final Map<String, String> file;

    private GivenSettings(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    /**
     * Reads the file of {@code --config}, else {@code ratemesh.yaml} where there is one.
     *
     * @throws CommandFailure where it cannot be read or is no YAML
     */
    public static GivenSettings read(Map<String, String> environment, Optional<Path> config, Path workingFolder) {
        Path file = config.orElseGet(() -> workingFolder.resolve(DEFAULT_FILE));
        if (config.isEmpty() && !Files.exists(file)) {
            return none(environment);
        }
        Map<String, String> flat = new HashMap<>();
        flatten("", load(file), flat);
        return new GivenSettings(environment, flat);
    }

    /** Only what the environment says. */
    public static GivenSettings none(Map<String, String> environment) {
        return new GivenSettings(environment, Map.of());
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(environment.get(variable(key)))
                .or(() -> Optional.ofNullable(file.get(key)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Empty where it is not given, or no port: then the node says what is wrong with it. */
    public Optional<Integer> port(String key) {
        return text(key)
                .filter(value -> value.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .filter(port -> port <= 65535);
    }

    /** As {@code 250ms}, {@code 2s}, {@code 1m}. */
    public Optional<Duration> duration(String key) {
        return text(key).map(DURATION::matcher).filter(Matcher::matches).map(GivenSettings::duration);
    }

    private static Duration duration(Matcher written) {
        long count = Long.parseLong(written.group(1));
        return switch (written.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    private static String variable(String key) {
        return "RATEMESH_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static Object load(Path file) {
        try {
            Object root =
                    new Load(LoadSettings.builder().setLabel("config").build()).loadFromString(Files.readString(file));
            return root == null ? Map.of() : root;
        } catch (IOException e) {
            throw CommandFailure.wrongUsage("--config " + file + ": cannot be read (expected: a YAML file in UTF-8)");
        } catch (YamlEngineException e) {
            throw CommandFailure.wrongUsage("--config " + file + ": not YAML: "
                    + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    private static void flatten(String key, Object value, Map<String, String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, child) -> {
                if (child != null) {
                    flatten(key.isEmpty() ? String.valueOf(name) : key + "." + name, child, into);
                }
            });
        } else {
            into.put(key, String.valueOf(value));
        }
    }
}
