package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.ratemesh.node.cluster.TransportChoice;
import io.ratemesh.node.settings.TransportSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Listeners for HTTP/1 and HTTP/2 with one upstream, whose connections a test accepts and writes itself. */
final class RawUpstreamFixture implements AutoCloseable {

    /** A complete response. */
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static final int TIMEOUT_MILLIS = 10_000;

    final ServerSocket upstream;
    final ListenFixture front;

    RawUpstreamFixture() throws IOException {
        upstream = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        front = new ListenFixture(
                TransportChoice.choose(TransportSetting.AUTO), List.of("balancer.h2c.port=0"), upstream.getLocalPort());
    }

    /** A client that has sent a request over HTTP/1. */
    RawConnection client(String request) throws IOException {
        return RawConnection.to(front.ports.http()).send(request);
    }

    /** A client over HTTP/2. */
    RawHttp2 http2Client() throws Exception {
        Socket socket = new Socket("127.0.0.1", front.ports.h2c());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new RawHttp2(socket);
    }

    /** The next connection of the balancer to the upstream. */
    RawConnection accept() throws IOException {
        return new RawConnection(upstream.accept());
    }

    /** The fields of a frame, which has to be HEADERS. */
    static Http2Headers fields(DefaultHttp2HeadersDecoder decoder, RawHttp2.Frame frame) throws Exception {
        assertThat(frame.type()).isEqualTo(RawHttp2.HEADERS);
        return frame.fields(decoder);
    }

    @Override
    public void close() throws IOException {
        upstream.close();
        front.close();
    }
}
