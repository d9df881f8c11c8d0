package io.ratemesh.balancer.tcp;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A connection that the {@link TcpAdmission} let in, which counts until it leaves. One thread at a time uses it. */
final class TcpSession {

    private final TcpAdmission gate;
    private final boolean introduced;
    private InetAddress from;
    private @Nullable Long client;
    private boolean left;

    /**
     * Begins.
     *
     * @param introduced whether it has yet to say whose it is
     * @param client whose it counts as; null where that is not known, or nobody in particular
     */
    TcpSession(TcpAdmission gate, boolean introduced, InetAddress from, @Nullable Long client) {
        this.gate = gate;
        this.introduced = introduced;
        this.from = from;
        this.client = client;
    }

    /** Whether it begins with the PROXY protocol. */
    boolean introduced() {
        return introduced;
    }

    /** Where the client is, as far as is known. */
    InetAddress from() {
        return from;
    }

    /** A proxy says whose it is. False where that client has too many, and then it counts no more. */
    boolean introduce(InetAddress source) {
        from = source;
        Long behind = gate.client(source);
        if (behind == null) {
            return true;
        }
        if (!gate.limit().belongsTo(behind)) {
            left = true;
            return false;
        }
        client = behind;
        return true;
    }

    /** Its connection is closed. */
    void leave() {
        if (left) {
            return;
        }
        left = true;
        if (client == null) {
            gate.limit().leave();
        } else {
            gate.limit().leave(client);
        }
    }
}
