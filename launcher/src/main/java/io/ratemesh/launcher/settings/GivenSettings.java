package io.ratemesh.launcher.settings;

import io.ratemesh.launcher.outcome.CommandFailure;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
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
 * The settings that the launcher needs too, such as names and ports. The nodes read and check all settings, so an invalid value
 * is ignored here.
 */
public final class GivenSettings {

    /** The file in the working folder that is read without {@code --config}, as the nodes do. */
    private static final String DEFAULT_FILE = "ratemesh.yaml";

    private static final Pattern NETWORK = Pattern.compile("([0-9A-Fa-f.:]+)/(\\d{1,3})");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private final Map<String, String> environment;
    private final Map<String, String> file;

    private GivenSettings(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    /**
     * Reads the file of {@code --config}, else {@code ratemesh.yaml} if it exists.
     *
     * @throws CommandFailure if the file cannot be read or is not YAML
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

    /** The settings of the environment only. */
    public static GivenSettings none(Map<String, String> environment) {
        return new GivenSettings(environment, Map.of());
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(environment.get(variable(key)))
                .or(() -> Optional.ofNullable(file.get(key)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** The port; empty if it is not given or invalid. */
    public Optional<Integer> port(String key) {
        return text(key)
                .filter(value -> value.matches("\\d{1,5}"))
                .map(Integer::valueOf)
                .filter(port -> port <= 65535);
    }

    /** A duration such as {@code 250ms}, {@code 2s} or {@code 1m}; empty if it is not given or invalid. */
    public Optional<Duration> duration(String key) {
        return text(key).map(DURATION::matcher).filter(Matcher::matches).map(GivenSettings::duration);
    }

    /** The address that nodes listen on: {@code cluster.bind}, where a network, an interface and {@code auto} are looked up. */
    public String bindHost() {
        String bind = text("cluster.bind").orElse("127.0.0.1");
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(each -> each.inetAddresses()
                            .filter(address -> !address.isLinkLocalAddress())
                            .filter(address -> isMeant(bind, each, address)))
                    // The nodes prefer IPv4 too.
                    .min(Comparator.comparing(address -> address.getAddress().length))
                    .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
                    .orElse(bind);
        } catch (SocketException e) {
            return bind;
        }
    }

    private static boolean isMeant(String bind, NetworkInterface network, InetAddress address) {
        if (bind.equals("auto")) {
            return address instanceof Inet4Address && !address.isLoopbackAddress();
        }
        Matcher range = NETWORK.matcher(bind);
        return range.matches()
                ? isWithin(range.group(1), Integer.parseInt(range.group(2)), address)
                : network.getName().equals(bind);
    }

    private static boolean isWithin(String network, int bits, InetAddress address) {
        try {
            byte[] first = InetAddress.getByName(network).getAddress();
            byte[] other = address.getAddress();
            int rest = Math.max(0, first.length * 8 - bits);
            return first.length == other.length
                    && new BigInteger(1, first).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
        } catch (UnknownHostException e) {
            return false;
        }
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
            throw CommandFailure.wrongUsage("--config " + file + ": cannot be read; use a YAML file in UTF-8");
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
