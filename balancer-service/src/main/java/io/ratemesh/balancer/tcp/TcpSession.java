package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.listener.ConnectionSlot;
import java.net.InetAddress;

/** One admitted connection: its client, and its place within the limits. One thread at a time uses it. */
final class TcpSession {

    private final TcpAdmission admission;
    private final ConnectionSlot slot;
    private final boolean proxied;
    private InetAddress client;

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

    /** The header of the PROXY protocol names the client. Returns false where that client has too many connections. */
    boolean identify(InetAddress source) {
        client = source;
        return admission.assign(slot, source);
    }

    /** Its connection is closed. A second call has no effect. */
    void close() {
        slot.release();
    }
}
