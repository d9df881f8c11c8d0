package io.ratemesh.node.settings;

/**
 * An item of {@code balancer.routes}: which requests go to a pool.
 *
 * @param path what their path begins with; one that ends in a slash takes the same without it, too
 * @param pool the name of the pool
 */
public record RouteSettings(String path, String pool) {

    static RouteSettings read(SettingsReader reader) {
        String path = reader.text("path", "");
        if (!path.startsWith("/") || path.contains("?") || path.contains("#")) {
            reader.fault("path", "a path that begins with /");
        }
        return new RouteSettings(path, reader.text("pool", ""));
    }
}
