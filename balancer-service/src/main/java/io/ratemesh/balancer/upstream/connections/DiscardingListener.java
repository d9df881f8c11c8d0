package io.ratemesh.balancer.upstream.connections;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/** Discards a response that is not needed any more, so that those behind it can be received. */
enum DiscardingListener implements ResponseListener {
    OF_HEAD_REQUEST,
    OF_OTHER_REQUEST;

    static DiscardingListener of(boolean headRequest) {
        return headRequest ? OF_HEAD_REQUEST : OF_OTHER_REQUEST;
    }

    @Override
    public boolean isHeadRequest() {
        return this == OF_HEAD_REQUEST;
    }

    @Override
    public boolean acceptsTrailers() {
        return false;
    }

    @Override
    public void interimResponse(HttpResponse head) {}

    @Override
    public void responseInvalid() {}

    @Override
    public void responseStarted(UpstreamConnection from, HttpResponse head) {
        long length = ResponseHead.length(head);
        if (length < 0 || length > UpstreamConnection.MAX_DISCARDED) {
            from.dedicate();
            from.close();
        }
    }

    @Override
    public void contentDelayed() {}

    @Override
    public void received(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void responseCompleted(HttpHeaders trailers) {}

    @Override
    public void connectionWritable() {}

    @Override
    public void connectionBroken(boolean kept) {}

    @Override
    public void requestRefused() {}

    @Override
    public void responseStalled() {}

    @Override
    public void displaced() {}
}
