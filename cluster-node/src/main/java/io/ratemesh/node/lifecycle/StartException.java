package io.ratemesh.node.lifecycle;

import io.netty.channel.unix.Errors;
import io.ratemesh.node.address.IpAddresses;
import java.net.BindException;
import java.net.UnknownHostException;

/** A failed start with a message that says how to fix it. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    /**
     * A port that cannot be listened on.
     *
     * @param key the setting of the port, with {@code bind} beside it
     * @param bind the address to listen on
     * @param port the port to listen on
     * @param cause the exception of the attempt
     */
    public static StartException listening(String key, String bind, int port, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof UnknownHostException || message.contains("assign requested address")) {
            String bindKey = key.substring(0, key.lastIndexOf('.') + 1) + "bind";
            return new StartException(
                    bindKey + ": \"" + bind + "\" is not an address of this machine; use one of its addresses");
        }
        // Netty's native transports throw an exception of their own instead of BindException.
        boolean refused = cause instanceof BindException || cause instanceof Errors.NativeIoException;
        String problem = refused ? "is in use or not permitted" : "cannot be listened on (" + cause + ")";
        return new StartException(
                key + ": \"" + IpAddresses.withPort(bind, port) + "\" " + problem + "; use a free port");
    }
}
