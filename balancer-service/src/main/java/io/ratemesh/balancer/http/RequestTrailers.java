package io.ratemesh.balancer.http;

import io.netty.util.AttributeKey;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;

/**
 * What a connection knows of fields behind the bodies of its requests. Vert.x drops them; whoever guards the connection sees them
 * on the wire, and keeps them until the body has been read. A connection that never had any knows nothing and costs nothing.
 */
@FunctionalInterface
public interface RequestTrailers {

    /** Where a channel has its own. */
    AttributeKey<RequestTrailers> KEY = AttributeKey.valueOf(RequestTrailers.class, "of");

    /**
     * The trailers of the request that is being answered, all judged.
     *
     * @param streamId which one, in HTTP/2
     */
    List<Map.Entry<String, String>> trailers(int streamId);

    /** The trailers of a request whose body has ended, as they came but for those that may not trail; nearly always none. */
    static List<Map.Entry<String, String>> of(HttpServerRequest request) {
        RequestTrailers trailers = VertxConnections.attribute(request.connection(), KEY);
        return trailers == null ? List.of() : trailers.trailers(request.streamId());
    }
}
