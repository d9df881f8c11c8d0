package io.ratemesh.balancer.http;

import io.netty.util.AttributeKey;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;

/**
 * The fields after the bodies of a connection's requests. Vert.x drops them; the guard of the connection keeps them until the body has
 * been read. A connection without any has no attribute.
 */
@FunctionalInterface
public interface RequestTrailers {

    /** The attribute of the channel. */
    AttributeKey<RequestTrailers> KEY = AttributeKey.valueOf(RequestTrailers.class, "of");

    /**
     * The trailers of the request that is being responded to, all valid.
     *
     * @param streamId in HTTP/2, of the request
     */
    List<Map.Entry<String, String>> trailers(int streamId);

    /** The trailers of a request whose body is complete; nearly always none. */
    static List<Map.Entry<String, String>> of(HttpServerRequest request) {
        RequestTrailers trailers = VertxConnections.attribute(request.connection(), KEY);
        return trailers == null ? List.of() : trailers.trailers(request.streamId());
    }
}
