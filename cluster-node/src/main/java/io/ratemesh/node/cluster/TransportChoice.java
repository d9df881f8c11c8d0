package io.ratemesh.node.cluster;

import io.ratemesh.node.settings.SettingsException;
import io.ratemesh.node.settings.TransportSetting;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Picks how a node talks to the network: io_uring, else epoll, else NIO, or what a setting says. */
public final class TransportChoice {

    private static final Logger LOG = LoggerFactory.getLogger(TransportChoice.class);

    private TransportChoice() {}

    /**
     * Picks and logs.
     *
     * @throws SettingsException where the one asked for does not work here
     */
    public static Transport choose(TransportSetting setting) {
        Transport chosen = switch (setting) {
            case AUTO -> bestAvailable();
            case IO_URING -> required(Transport.IO_URING, setting);
            case EPOLL -> required(Transport.EPOLL, setting);
            case NIO -> Transport.NIO;
        };
        LOG.info("transport: {}", chosen.name());
        return chosen;
    }

    private static Transport bestAvailable() {
        // Absent ones are null; Docker's default seccomp profile forbids io_uring, which then is not available.
        for (Transport candidate : candidates(Transport.IO_URING, Transport.EPOLL)) {
            if (candidate.available()) {
                return candidate;
            }
            LOG.debug("transport {} does not work here", candidate.name(), candidate.unavailabilityCause());
        }
        return Transport.NIO;
    }

    private static Transport required(@Nullable Transport transport, TransportSetting setting) {
        if (transport == null || !transport.available()) {
            throw new SettingsException("node.transport: " + setting.name().toLowerCase(Locale.ROOT)
                    + " (expected: one that works on this machine, or auto)");
        }
        return transport;
    }

    private static List<Transport> candidates(@Nullable Transport... transports) {
        return Stream.of(transports).filter(Objects::nonNull).toList();
    }
}
