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

/** Chooses the network transport: io_uring, else epoll, else NIO, unless a setting names one. */
public final class TransportChoice {

    private static final Logger LOG = LoggerFactory.getLogger(TransportChoice.class);

    private TransportChoice() {}

    /**
     * Chooses a transport and logs it.
     *
     * @throws SettingsException if the named transport does not work on this machine
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
        // A missing transport is null. Docker's default seccomp profile forbids io_uring.
        for (Transport candidate : candidates(Transport.IO_URING, Transport.EPOLL)) {
            if (candidate.available()) {
                return candidate;
            }
            LOG.debug("transport {} does not work on this machine", candidate.name(), candidate.unavailabilityCause());
        }
        return Transport.NIO;
    }

    private static Transport required(@Nullable Transport transport, TransportSetting setting) {
        if (transport == null || !transport.available()) {
            throw new SettingsException("node.transport: \"" + setting.name().toLowerCase(Locale.ROOT)
                    + "\" does not work on this machine; use auto or another transport");
        }
        return transport;
    }

    private static List<Transport> candidates(@Nullable Transport... transports) {
        return Stream.of(transports).filter(Objects::nonNull).toList();
    }
}
