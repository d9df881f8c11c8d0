package io.ratemesh.balancer.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.ratemesh.balancer.http.RefusalReason;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the checks of HTTP/2 say of a request. */
public final class Http2Verdict {

    private Http2Verdict() {}

    /** The reason to reject a head, or null; a field is {@code name=value}. */
    public static @Nullable RefusalReason head(List<String> fields) {
        Http2Headers head = headers(fields);
        RefusalReason reason = new Http2HeadCheck(false).check(head);
        return reason != null
                ? reason
                : Http2RequestCheck.target(
                        HttpMethod.valueOf(head.method().toString()),
                        head.path().toString());
    }

    /** The reason to reject the fields after a body, or null. */
    public static @Nullable RefusalReason trailers(List<String> fields) {
        return Http2HeadCheck.checkTrailers(headers(fields));
    }

    /** Not checked, unlike by the codec. */
    private static Http2Headers headers(List<String> fields) {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (String field : fields) {
            int equals = field.indexOf('=');
            headers.add(ascii(field.substring(0, equals)), ascii(field.substring(equals + 1)));
        }
        return headers;
    }

    private static AsciiString ascii(String text) {
        return new AsciiString(text.getBytes(ISO_8859_1), false);
    }
}
