package io.ratemesh.node.lifecycle;

import io.netty.channel.unix.Errors;
import io.ratemesh.node.address.IpAddresses;
import java.net.BindException;
import java.net.UnknownHostException;

/** A start that failed for a reason a person can mend: the message is all they need. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    /**
     * Tells why a port could not be listened on.
     *
     * @param key the setting of the port; that of the address is beside it
     * @param bind the address
     * @param port the port
     * @param cause what the system said
     */
    public static StartException listening(String key, String bind, int port, Throwable cause) {
        String said = String.valueOf(cause.getMessage());
        if (cause instanceof UnknownHostException || said.contains("assign requested address")) {
            String ofAddress = key.substring(0, key.lastIndexOf('.') + 1) + "bind";
            return new StartException(ofAddress + ": " + bind + " (expected: an address of this machine)");
        }
        // Netty's native transports throw one of their own where the JDK's says BindException.
        boolean refused = cause instanceof BindException || cause instanceof Errors.NativeIoException;
        String why = refused ? "a free port, this one is taken or not allowed" : "a port to listen on: " + cause;
        return new StartException(key + ": " + IpAddresses.withPort(bind, port) + " (expected: " + why + ")");
    }
}
