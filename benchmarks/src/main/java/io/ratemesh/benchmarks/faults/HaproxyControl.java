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
 * By HAProxy's runtime API, which is a UNIX socket.
 *
 * @param socket where it lies
 */
record HaproxyControl(Path socket) implements ProxyControl {

    private static final String BACKEND = "upstreams";

    @Override
    public void drain(int upstream) {
        tell("set server " + server(upstream) + " state drain");
    }

    @Override
    public void bringBack(int upstream) {
        tell("set server " + server(upstream) + " state ready");
    }

    /** What the default-server says does not hold for servers that are added while it runs. */
    @Override
    public void add(int upstream) {
        tell("add server " + server(upstream) + " 127.0.0.1:" + upstream + " check inter 2s rise 2 fall 3");
        tell("enable health " + server(upstream));
        tell("enable server " + server(upstream));
    }

    private static String server(int upstream) {
        return BACKEND + "/u" + upstream;
    }

    private void tell(String command) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(US_ASCII)));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            Channels.newInputStream(channel).transferTo(answer);
            String said = answer.toString(US_ASCII).strip();
            if (!said.isEmpty() && !said.startsWith("New server registered")) {
                throw new IllegalStateException("HAProxy, to " + command + ": " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(socket + ": " + e.getMessage(), e);
        }
    }
}
