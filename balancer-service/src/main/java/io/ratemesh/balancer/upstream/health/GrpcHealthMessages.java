package io.ratemesh.balancer.upstream.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The two messages of {@code grpc.health.v1.Health/Check}, as gRPC frames them: a byte for compression, the length, and the message in the
 * wire format of Protocol Buffers, where each has at most one field.
 */
final class GrpcHealthMessages {

    /** {@code HealthCheckResponse.ServingStatus}. */
    enum ServingStatus {
        UNKNOWN,
        SERVING,
        NOT_SERVING,
        SERVICE_UNKNOWN
    }

    private static final int FRAME_BYTES = 5;

    /** Field 1, of type LEN. */
    private static final int SERVICE = 1 << 3 | 2;

    /** Field 1, of type VARINT. */
    private static final int STATUS = 1 << 3;

    private static final int MORE = 0x80;
    private static final int VARINT_BITS = 7;
    private static final int MAX_VARINT_BITS = 63;

    private GrpcHealthMessages() {}

    /** A framed request. An empty service, for the server as a whole, is no field at all. */
    static ByteBuf request(String service) {
        ByteBuf message = Unpooled.buffer();
        if (!service.isEmpty()) {
            byte[] name = service.getBytes(UTF_8);
            message.writeByte(SERVICE);
            writeVarint(message, name.length);
            message.writeBytes(name);
        }
        return Unpooled.buffer().writeByte(0).writeInt(message.readableBytes()).writeBytes(message);
    }

    /**
     * The status in a framed response.
     *
     * @throws IllegalArgumentException if it is no such message
     */
    static ServingStatus status(ByteBuf in) {
        require(in.readableBytes() >= FRAME_BYTES, "it is too short");
        require(in.readByte() == 0, "it is compressed");
        require(in.readInt() == in.readableBytes(), "its length is wrong");
        ServingStatus status = ServingStatus.UNKNOWN;
        while (in.isReadable()) {
            require(in.readByte() == STATUS, "it has another field");
            long value = readVarint(in);
            require(value >= 0 && value < ServingStatus.values().length, "its status is unknown");
            status = ServingStatus.values()[(int) value];
        }
        return status;
    }

    private static void writeVarint(ByteBuf out, int value) {
        int left = value;
        while (left >= MORE) {
            out.writeByte((left & (MORE - 1)) | MORE);
            left >>>= VARINT_BITS;
        }
        out.writeByte(left);
    }

    private static long readVarint(ByteBuf in) {
        long value = 0;
        for (int shift = 0; shift < MAX_VARINT_BITS; shift += VARINT_BITS) {
            require(in.isReadable(), "it ends early");
            byte next = in.readByte();
            value |= (long) (next & (MORE - 1)) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    private static void require(boolean valid, String otherwise) {
        if (!valid) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
