package io.ratemesh.systemtests.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads from the bytes of an HTTP/2 server which bodies it sent (RFC 9113 §4.1, §6.1). */
public final class Http2Bodies {

    private static final int FRAME_HEAD = 9;
    private static final int DATA = 0;
    private static final int END_STREAM = 0x1;
    private static final int PADDED = 0x8;

    private Http2Bodies() {}

    /** The bodies that were ended with a DATA frame, in the order in which they ended. */
    public static List<byte[]> whole(byte[] connection) {
        ByteBuffer in = ByteBuffer.wrap(connection);
        Map<Integer, ByteArrayOutputStream> open = new HashMap<>();
        List<byte[]> whole = new ArrayList<>();
        while (in.remaining() >= FRAME_HEAD) {
            int length = (in.get() & 0xff) << 16 | (in.getShort() & 0xffff);
            int type = in.get();
            int flags = in.get();
            int stream = in.getInt();
            if (in.remaining() < length) {
                break;
            }
            if (type == DATA) {
                int padding = (flags & PADDED) == 0 ? 0 : 1 + (in.get(in.position()) & 0xff);
                int begin = in.position() + ((flags & PADDED) == 0 ? 0 : 1);
                ByteArrayOutputStream body = open.computeIfAbsent(stream, ignored -> new ByteArrayOutputStream());
                body.write(connection, begin, length - padding);
                if ((flags & END_STREAM) != 0) {
                    whole.add(body.toByteArray());
                    open.remove(stream);
                }
            }
            in.position(in.position() + length);
        }
        return whole;
    }
}
