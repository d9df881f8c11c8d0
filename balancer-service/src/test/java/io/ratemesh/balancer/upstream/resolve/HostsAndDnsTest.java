package io.ratemesh.balancer.upstream.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
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
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.ratemesh.balancer.upstream.resolve.NameResolver.Resolved;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are resolved by a name server in the test. */
class HostsAndDnsTest {

    private record Address(String address, long seconds) {}

    private final Vertx vertx = Vertx.vertx();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<String, List<Address>> zone = new ConcurrentHashMap<>();
    private HostsAndDns names;

    @BeforeEach
    void serve() throws Exception {
        Channel server = new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), new Zone());
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        names = new HostsAndDns(
                vertx, new SingletonDnsServerAddressStreamProvider((InetSocketAddress) server.localAddress()));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
    }

    @Test
    void the_shortest_time_to_live_applies_to_all_addresses() throws Exception {
        zone.put(
                "web.example.",
                List.of(new Address("127.0.0.5", 70), new Address("127.0.0.6", 7), new Address("::1", 9)));

        Resolved resolved = resolve("web.example");

        assertThat(resolved.addresses().stream().map(IpAddresses::text))
                .containsExactlyInAnyOrder("127.0.0.5", "127.0.0.6", "::1");
        assertThat(IpAddresses.text(resolved.addresses().get(2)))
                .as("IPv4 first")
                .isEqualTo("::1");
        assertThat(resolved.timeToLive()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void nothing_is_cached() throws Exception {
        zone.put("web.example.", List.of(new Address("127.0.0.5", 3600)));
        resolve("web.example");
        zone.put("web.example.", List.of(new Address("::1", 3600)));

        assertThat(resolve("web.example").addresses().stream().map(IpAddresses::text))
                .containsExactly("::1");
    }

    @Test
    void an_unknown_name_fails() {
        assertThatThrownBy(() -> resolve("nothing.example"))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("nothing.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "localhost.", "a.localhost"})
    void localhost_is_loopback_of_both_versions(String name) throws Exception {
        assertThat(resolve(name).addresses().stream().map(IpAddresses::text)).containsExactly("127.0.0.1", "::1");
    }

    private Resolved resolve(String name) throws Exception {
        return names.resolve(name).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private final class Zone extends SimpleChannelInboundHandler<DatagramDnsQuery> {

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // The client times out by itself.
        protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
            DnsQuestion question = query.recordAt(DnsSection.QUESTION);
            List<Address> addresses = zone.get(question.name());
            InetSocketAddress here = query.recipient();
            InetSocketAddress client = query.sender();
            DatagramDnsResponse response = new DatagramDnsResponse(here, client, query.id());
            response.setCode(addresses == null ? DnsResponseCode.NXDOMAIN : DnsResponseCode.NOERROR);
            response.addRecord(DnsSection.QUESTION, question);
            for (Address each : addresses == null ? List.<Address>of() : addresses) {
                InetAddress address = Objects.requireNonNull(IpAddresses.parse(each.address()));
                DnsRecordType type = address.getAddress().length == 4 ? DnsRecordType.A : DnsRecordType.AAAA;
                if (type.equals(question.type())) {
                    response.addRecord(
                            DnsSection.ANSWER,
                            new DefaultDnsRawRecord(
                                    question.name(),
                                    type,
                                    each.seconds(),
                                    Unpooled.wrappedBuffer(address.getAddress())));
                }
            }
            context.writeAndFlush(response);
        }
    }
}
