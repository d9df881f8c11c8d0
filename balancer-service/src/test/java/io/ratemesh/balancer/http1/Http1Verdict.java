package io.ratemesh.balancer.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http1.HeadScanner.Progress;
import org.jspecify.annotations.Nullable;

/** What the scanners of HTTP/1 say of a request. */
public final class Http1Verdict {

    private Http1Verdict() {}

    /** The reason to reject a head, or null. */
    public static @Nullable RefusalReason head(String head) {
        byte[] bytes = head.getBytes(ISO_8859_1);
        HeadScanner scanner = new HeadScanner();
        assertThat(scanner.scan(bytes, 0, bytes.length)).isNotEqualTo(Progress.MORE_NEEDED);
        return scanner.reason();
    }

    /** The reason to reject the trailer section of a chunked body, or null. */
    public static @Nullable RefusalReason trailers(String trailers) {
        byte[] bytes = ("0\r\n" + trailers + "\r\n").getBytes(ISO_8859_1);
        BodyScanner scanner = new BodyScanner();
        scanner.beginChunked();
        scanner.scan(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
        assertThat(scanner.isDone() || scanner.reason() != null).isTrue();
        return scanner.reason();
    }
}
