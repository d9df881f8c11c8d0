package io.ratemesh.balancer.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * That the rest of a request was refused whose head the server has seen: to the server it looks as if the client had left, and
 * whoever logs the request asks here whether it did.
 */
public final class RefusedBody {

    private static final AttributeKey<Integer> STATUS = AttributeKey.valueOf(RefusedBody.class, "status");

    private RefusedBody() {}

    public static void is(Channel channel, int status) {
        channel.attr(STATUS).set(status);
    }

    /** The status of the refusal, of which a connection has one at most; 0 where there was none. */
    public static int of(@Nullable HttpConnection connection) {
        if (!(connection instanceof ConnectionBase wire) || !wire.channel().hasAttr(STATUS)) {
            return 0;
        }
        Integer status = wire.channel().attr(STATUS).get();
        return status == null ? 0 : status;
    }
}
