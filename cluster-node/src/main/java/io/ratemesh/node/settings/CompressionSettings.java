package io.ratemesh.node.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code balancer.compression}: responses that are compressed on their way to the client.
 *
 * @param pools of which pools
 * @param minSize in bytes; a shorter response is sent as it is
 * @param types media types in lower case, without parameters; {@code text/*} is any of text
 * @param withCookies whether responses are compressed that set a cookie, or whose request has a cookie or credentials
 */
public record CompressionSettings(Pools pools, int minSize, List<String> types, boolean withCookies) {

    /** Of which pools responses are compressed. */
    public enum Pools {
        /** Those of discovered nodes of ours, which do not compress by themselves. */
        DISCOVERED,
        ALL,
        NONE
    }

    /** No response is compressed. */
    public static final CompressionSettings NONE = new CompressionSettings(Pools.NONE, 0, List.of(), false);

    /** Never compressed: such a stream is open for hours, and each of them would need a coder. */
    public static final String EVENT_STREAM = "text/event-stream";

    private static final Map<String, Pools> ENABLED =
            Map.of("auto", Pools.DISCOVERED, "true", Pools.ALL, "false", Pools.NONE);

    private static final int MIN_SIZE = 1024;
    private static final int LARGEST_MIN_SIZE = 1 << 30;

    private static final Pattern TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]+/(?:[a-z0-9!#$&^_.+-]+|\\*)");

    private static final List<String> TYPES = List.of(
            "text/html",
            "text/css",
            "text/plain",
            "text/csv",
            "text/xml",
            "text/javascript",
            "text/markdown",
            "application/javascript",
            "application/json",
            "application/ld+json",
            "application/problem+json",
            "application/manifest+json",
            "application/x-ndjson",
            "application/xml",
            "application/atom+xml",
            "application/rss+xml",
            "application/xhtml+xml",
            "application/wasm",
            "image/svg+xml");

    /** Whether responses of a pool are compressed. */
    public boolean appliesTo(PoolSettings pool) {
        return pools == Pools.ALL
                || (pools == Pools.DISCOVERED && pool.discover().isPresent());
    }

    static CompressionSettings read(SettingsReader reader) {
        return new CompressionSettings(
                reader.oneOf("enabled", ENABLED, Pools.DISCOVERED),
                reader.size("min-size", 0, LARGEST_MIN_SIZE, MIN_SIZE),
                types(reader),
                reader.flag("with-cookies", false));
    }

    private static List<String> types(SettingsReader reader) {
        List<String> written = reader.texts("types", TYPES);
        List<String> types = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            String type = written.get(i).toLowerCase(Locale.ROOT);
            types.add(type);
            if (type.equals(EVENT_STREAM)) {
                reader.fault("types", "[" + i + "]", Optional.of(type), "is never compressed", "remove it");
            } else if (!TYPE.matcher(type).matches()) {
                reader.fault(
                        "types",
                        "[" + i + "]",
                        Optional.of(written.get(i)),
                        "is not a valid media type",
                        "use types such as application/json, or text/* for all of text");
            }
        }
        return List.copyOf(types);
    }
}
