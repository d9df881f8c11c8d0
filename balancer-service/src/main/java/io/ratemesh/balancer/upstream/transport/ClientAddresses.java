package io.ratemesh.balancer.upstream.transport;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The addresses of a client's connection, of which a server is told by the PROXY protocol. */
public interface ClientAddresses {

    /** There is no client: the balancer itself connects, as for a check. */
    ClientAddresses NONE = new ClientAddresses() {
        @Override
        public @Nullable InetSocketAddress source() {
            return null;
        }

        @Override
        public @Nullable InetSocketAddress destination() {
            return null;
        }
    };

    /** Of the client; null where it is unknown. */
    @Nullable
    InetSocketAddress source();

    /** That the client has connected to; null where it is unknown. */
    @Nullable
    InetSocketAddress destination();
}
