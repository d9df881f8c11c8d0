package io.ratemesh.node.settings;

import java.time.Duration;

/**
 * {@code check}: how a balancer asks an upstream whether it is well.
 *
 * @param path what is asked for; 200 is well
 * @param interval from one question to the next
 * @param timeout how long an answer may take
 * @param rise good answers in a row until it is up
 * @param fall bad answers in a row until it is down
 */
public record CheckSettings(String path, Duration interval, Duration timeout, int rise, int fall) {

    static CheckSettings read(SettingsReader reader, String key) {
        String path = reader.text(key + ".path", "/health/ready");
        if (!path.startsWith("/")) {
            reader.fault(key + ".path", "a path that begins with /");
        }
        return new CheckSettings(
                path,
                reader.duration(key + ".interval", Duration.ofMillis(100), Duration.ofHours(1), Duration.ofSeconds(1)),
                reader.duration(key + ".timeout", Duration.ofMillis(50), Duration.ofMinutes(1), Duration.ofSeconds(1)),
                reader.number(key + ".rise", 1, 100, 2),
                reader.number(key + ".fall", 1, 100, 3));
    }
}
