package io.ratemesh.balancer.upstream.resolve;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.ratemesh.node.address.IpAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A name server on a free UDP port of this machine, with the records that a test sets. */
public final class TestNameServer implements AutoCloseable {

    private record ZoneRecord(DnsRecordType type, long seconds, ByteBuf data) {}

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<String, List<ZoneRecord>> zone = new ConcurrentHashMap<>();
    private final AtomicInteger queries = new AtomicInteger();
    private final InetSocketAddress address;
    private volatile boolean failing;

    public TestNameServer() throws InterruptedException {
        Channel channel = new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline()
                                .addLast(
                                        new DatagramDnsQueryDecoder(),
                                        new DatagramDnsResponseEncoder(),
                                        new Responder());
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        address = (InetSocketAddress) channel.localAddress();
    }

    /** Where it is asked. */
    public InetSocketAddress address() {
        return address;
    }

    /** Queries so far. */
    public int queries() {
        return queries.get();
    }

    /** From now on it responds to every query that it has failed, or to none. */
    public void setFailing(boolean fails) {
        failing = fails;
    }

    /** Sets the addresses of a name, instead of its other records. */
    public void setAddresses(String name, long seconds, String... addresses) {
        put(name, Stream.of(addresses).map(each -> addressRecord(each, seconds)).toList());
    }

    /** Sets records of both kinds, or the same kind with several times to live, written as {@code 127.0.0.5 70}. */
    public void setAddresses(String name, List<String> addressesAndSeconds) {
        put(
                name,
                addressesAndSeconds.stream()
                        .map(each -> each.split(" "))
                        .map(parts -> addressRecord(parts[0], Long.parseLong(parts[1])))
                        .toList());
    }

    /** Sets the SRV records of a name, written as {@code 10 50 8080 a.example} (priority, weight, port, target). */
    public void setServices(String name, long seconds, String... services) {
        put(
                name,
                Stream.of(services)
                        .map(each -> new ZoneRecord(DnsRecordType.SRV, seconds, service(each.split(" "))))
                        .toList());
    }

    /** From now on it does not know the name. */
    public void remove(String name) {
        zone.remove(name + ".");
    }

    private void put(String name, List<ZoneRecord> records) {
        zone.put(name + ".", records);
    }

    private static ZoneRecord addressRecord(String written, long seconds) {
        InetAddress address = Objects.requireNonNull(IpAddresses.parse(written));
        DnsRecordType type = address.getAddress().length == 4 ? DnsRecordType.A : DnsRecordType.AAAA;
        return new ZoneRecord(type, seconds, Unpooled.wrappedBuffer(address.getAddress()));
    }

    private static ByteBuf service(String[] parts) {
        ByteBuf data = Unpooled.buffer();
        for (int i = 0; i < 3; i++) {
            data.writeShort(Integer.parseInt(parts[i]));
        }
        for (String label : parts[3].split("\\.")) {
            data.writeByte(label.length()).writeBytes(label.getBytes(US_ASCII));
        }
        return data.writeByte(0);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }

    private final class Responder extends SimpleChannelInboundHandler<DatagramDnsQuery> {

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // The client times out by itself.
        protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
            queries.incrementAndGet();
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            List<ZoneRecord> records = zone.get(question.name());
            InetSocketAddress here = query.recipient();
            InetSocketAddress client = query.sender();
            DatagramDnsResponse response = new DatagramDnsResponse(here, client, query.id());
            response.addRecord(DnsSection.QUESTION, question);
            if (failing) {
                response.setCode(DnsResponseCode.SERVFAIL);
            } else if (records == null) {
                response.setCode(DnsResponseCode.NXDOMAIN);
            } else {
                records.stream()
                        .filter(each -> each.type().equals(question.type()))
                        .forEach(each -> response.addRecord(
                                DnsSection.ANSWER,
                                new DefaultDnsRawRecord(
                                        question.name(),
                                        each.type(),
                                        each.seconds(),
                                        each.data().retainedDuplicate())));
            }
            context.writeAndFlush(response);
        }
    }
}
