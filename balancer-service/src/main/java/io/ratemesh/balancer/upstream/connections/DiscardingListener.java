package io.ratemesh.balancer.upstream.connections;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/** Stands where an asker left. */
enum DiscardingListener implements ResponseListener {
    WHO_ASKED_FOR_A_HEAD,
    WHO_ASKED_FOR_ALL;

    static DiscardingListener of(boolean headOnly) {
        return headOnly ? WHO_ASKED_FOR_A_HEAD : WHO_ASKED_FOR_ALL;
    }

    @Override
    public boolean asksHeadOnly() {
        return this == WHO_ASKED_FOR_A_HEAD;
    }

    @Override
    public void informed(HttpResponse head) {}

    @Override
    public void malformed() {}

    @Override
    public void answered(UpstreamConnection from, HttpResponse head) {
        if (ResponseHead.length(head) < 0 || ResponseHead.length(head) > UpstreamConnection.MOST_DISCARDED) {
            from.dedicate();
            from.close();
        }
    }

    @Override
    public void bodyDelayed() {}

    @Override
    public void part(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void complete(HttpHeaders trailers) {}

    @Override
    public void writable() {}

    @Override
    public void broke(boolean kept) {}

    @Override
    public void silent() {}

    @Override
    public void moveOn() {}
}
