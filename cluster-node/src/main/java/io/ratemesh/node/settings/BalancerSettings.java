package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code balancer}: the front door and the stats port.
 *
 * @param eventLoops how many, at least 1
 * @param http the front door
 * @param stats the operators' port
 * @param check how the converters are asked whether they are well
 * @param serveStatic whether the front door serves the browser UI
 */
public record BalancerSettings(int eventLoops, Listen http, Stats stats, CheckSettings check, boolean serveStatic) {

    /** An address to listen on; port 0 is any free one. */
    public record Listen(String bind, int port) {}

    /**
     * {@code balancer.stats}.
     *
     * @param listen where
     * @param user who may in
     * @param password given by environment only; a record's text never shows it
     * @param passwordFile where the password is read from, or kept after it was made at the first start
     */
    public record Stats(Listen listen, String user, Optional<Secret> password, Path passwordFile) {}

    static BalancerSettings read(SettingsReader reader, Home home) {
        Path passwordFile = home.folder().resolve("admin-password");
        return new BalancerSettings(
                reader.numberOrAuto("balancer.event-loops", 1, 256)
                        .orElseGet(() -> Runtime.getRuntime().availableProcessors()),
                new Listen(
                        reader.text("balancer.http.bind", "0.0.0.0"),
                        reader.number("balancer.http.port", 0, 65535, 8080)),
                new Stats(
                        new Listen(
                                reader.text("balancer.stats.bind", "127.0.0.1"),
                                reader.number("balancer.stats.port", 0, 65535, 8404)),
                        reader.text("balancer.stats.user", "admin"),
                        reader.secret("balancer.stats.password"),
                        Path.of(reader.text("balancer.stats.password-file", passwordFile.toString()))),
                CheckSettings.read(reader, "balancer.pools.converters.check"),
                reader.flag("balancer.static.enabled", true));
    }
}
