package io.ratemesh.node.lifecycle;

import io.netty.channel.unix.Errors;
import java.net.BindException;

/** A start that failed for a reason a person can mend: the message is all they need. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    /**
     * Tells why a port could not be listened on.
     *
     * @param key the setting it came from
     * @param bind the address
     * @param port the port
     * @param cause what the system said
     */
    public static StartException listening(String key, String bind, int port, Throwable cause) {
        // Netty's native transports throw one of their own where the JDK's says BindException.
        boolean refused = cause instanceof BindException || cause instanceof Errors.NativeIoException;
        String why = refused ? "a free port, this one is taken or not allowed" : cause.toString();
        return new StartException(key + ": " + bind + ":" + port + " (expected: " + why + ")");
    }
}
