package io.ratemesh.node.lifecycle;

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
        String why =
                cause instanceof BindException ? "a free port, this one is taken or not allowed" : cause.toString();
        return new StartException(key + ": " + bind + ":" + port + " (expected: " + why + ")");
    }
}
