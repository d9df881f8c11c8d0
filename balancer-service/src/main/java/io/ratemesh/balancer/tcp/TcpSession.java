package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.listener.ConnectionSlot;
import io.ratemesh.balancer.upstream.transport.ClientAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One admitted connection: its client, and its place within the limits. One thread at a time uses it. */
final class TcpSession implements ClientAddresses {

    private final TcpAdmission admission;
    private final ConnectionSlot slot;
    private final boolean proxied;
    private InetAddress client;
    private @Nullable InetSocketAddress source;
    private @Nullable InetSocketAddress destination;

    /**
     * Creates a session.
     *
     * @param proxied whether the connection starts with a header of the PROXY protocol
     * @param client the peer, until that header names the client
     */
    TcpSession(TcpAdmission admission, ConnectionSlot slot, boolean proxied, InetAddress client) {
        this.admission = admission;
        this.slot = slot;
        this.proxied = proxied;
        this.client = client;
    }

    boolean isProxied() {
        return proxied;
    }

    InetAddress client() {
        return client;
    }

    @Override
    public @Nullable InetSocketAddress source() {
        return source;
    }

    @Override
    public @Nullable InetSocketAddress destination() {
        return destination;
    }

    /** The addresses of the accepted connection. */
    void accepted(@Nullable SocketAddress peer, @Nullable SocketAddress local) {
        source = peer instanceof InetSocketAddress address ? address : null;
        destination = local instanceof InetSocketAddress address ? address : null;
    }

    /** The header of the PROXY protocol names the client. Returns false where that client has too many connections. */
    boolean identify(InetSocketAddress from, @Nullable InetSocketAddress to) {
        client = from.getAddress();
        source = from;
        destination = to;
        return admission.assign(slot, client);
    }

    /** Its connection is closed. A second call has no effect. */
    void close() {
        slot.release();
    }
}
