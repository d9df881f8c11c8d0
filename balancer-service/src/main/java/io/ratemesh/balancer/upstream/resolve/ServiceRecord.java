package io.ratemesh.balancer.upstream.resolve;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import java.time.Duration;

/**
 * An SRV record (RFC 2782).
 *
 * @param priority the lowest comes first, 0 to 65535
 * @param weight relative to others of the same priority, 0 to 65535
 * @param port of the server, 0 to 65535
 * @param target the name of the server, with or without a dot at its end; the dot alone says that there is none
 * @param timeToLive of the record
 */
record ServiceRecord(int priority, int weight, int port, String target, Duration timeToLive) {

    /**
     * Reads the data of a record.
     *
     * @param content between its indexes, in the whole message, since a name may point to an earlier one
     * @throws RuntimeException if it is no SRV record
     */
    static ServiceRecord read(ByteBuf content, long seconds) {
        return new ServiceRecord(
                content.readUnsignedShort(),
                content.readUnsignedShort(),
                content.readUnsignedShort(),
                DefaultDnsRecordDecoder.decodeName(content),
                Duration.ofSeconds(seconds));
    }
}
