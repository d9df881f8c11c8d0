package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Certificates that clients of the listener with TLS present (mutual TLS).
 *
 * @param ca a PEM file with the CAs that issue them
 * @param required whether a client without one is rejected
 */
public record ClientAuthentication(Path ca, boolean required) {

    private enum Mode {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    private static final Map<String, Mode> MODES =
            Map.of("none", Mode.NONE, "optional", Mode.OPTIONAL, "required", Mode.REQUIRED);

    /** Reads {@code client-ca} and {@code client-auth}; who names CAs and no mode requires a certificate. */
    static Optional<ClientAuthentication> read(SettingsReader reader) {
        Optional<Path> ca = reader.path("client-ca");
        Mode mode = reader.oneOf("client-auth", MODES, ca.isPresent() ? Mode.REQUIRED : Mode.NONE);
        if (ca.isEmpty() && mode != Mode.NONE) {
            reader.fault(
                    "client-ca", "is missing", "name a PEM file with the CAs of the clients, or set client-auth: none");
        }
        return mode == Mode.NONE
                ? Optional.empty()
                : ca.map(file -> new ClientAuthentication(file, mode == Mode.REQUIRED));
    }
}
