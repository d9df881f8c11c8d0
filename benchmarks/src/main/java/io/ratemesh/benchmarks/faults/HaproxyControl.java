package io.ratemesh.benchmarks.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Controls HAProxy by its runtime API.
 *
 * @param socket the UNIX socket
 */
record HaproxyControl(Path socket) implements ProxyControl {

    private static final String BACKEND = "upstreams";

    @Override
    public void drain(int upstream) {
        send("set server " + server(upstream) + " state drain");
    }

    @Override
    public void enable(int upstream) {
        send("set server " + server(upstream) + " state ready");
    }

    /** The line {@code default-server} does not apply to servers that are added at run time. */
    @Override
    public void add(int upstream) {
        send("add server " + server(upstream) + " 127.0.0.1:" + upstream + " check inter 2s rise 2 fall 3");
        send("enable health " + server(upstream));
        send("enable server " + server(upstream));
    }

    private static String server(int upstream) {
        return BACKEND + "/u" + upstream;
    }

    private void send(String command) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(US_ASCII)));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Channels.newInputStream(channel).transferTo(bytes);
            String response = bytes.toString(US_ASCII).strip();
            if (!response.isEmpty() && !response.startsWith("New server registered")) {
                throw new IllegalStateException("HAProxy, command " + command + ": " + response);
            }
        } catch (IOException e) {
            throw new IllegalStateException(socket + ": " + e.getMessage(), e);
        }
    }
}
