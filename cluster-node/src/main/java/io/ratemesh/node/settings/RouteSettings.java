package io.ratemesh.node.settings;

/**
 * An item of {@code balancer.routes}: which requests go to a pool.
 *
 * @param path the prefix of the request path; {@code /shop/} also matches {@code /shop}
 * @param pool the name of the pool
 */
public record RouteSettings(String path, String pool) {

    static RouteSettings read(SettingsReader reader) {
        String path = reader.text("path", "");
        if (!path.startsWith("/") || path.contains("?") || path.contains("#")) {
            reader.fault("path", "is not a valid path", "use a path that begins with /");
        }
        return new RouteSettings(path, reader.text("pool", ""));
    }
}
