package io.ratemesh.balancer.upstream.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ratemesh.balancer.upstream.resolve.NameResolver.Resolved;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.DnsSettings;
import io.ratemesh.node.settings.DnsSettings.Family;
import io.ratemesh.node.settings.ServerSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundServersTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({
        "AUTO, 10.0.0.2 ::1 10.0.0.1, 10.0.0.1:80 10.0.0.2:80",
        "AUTO, ::2 ::1, [::1]:80 [::2]:80",
        "BOTH, ::1 10.0.0.1, 10.0.0.1:80 [::1]:80",
        "IPV4, ::1 10.0.0.1, 10.0.0.1:80",
        "IPV6, ::1 10.0.0.1, [::1]:80",
        "IPV4, ::1, ''"
    })
    void the_addresses_of_a_name_are_its_servers_in_the_order_of_their_ids(
            Family family, String addresses, String servers) {
        Resolved resolved = new Resolved(
                Arrays.stream(addresses.split(" "))
                        .map(IpAddresses::parse)
                        .map(Objects::requireNonNull)
                        .toList(),
                MINUTE);

        FoundServers found =
                FoundServers.ofAddresses(resolved, new DnsSettings("web.example", false, 80, family, List.of(), 100));

        assertThat(found.servers().stream().map(ServerSettings::id))
                .containsExactly(servers.isEmpty() ? new String[0] : servers.split(" "));
        assertThat(found.timeToLive()).isEqualTo(MINUTE);
    }

    @Test
    void services_of_the_lowest_priority_are_used_and_the_others_are_backups() {
        FoundServers found = FoundServers.ofServices(List.of(
                service(20, 7, 8080, "c.example."),
                service(10, 1, 8080, "b.example."),
                service(10, 0, 80, "a.example")));

        assertThat(found.servers())
                .containsExactly(
                        new ServerSettings("a.example", 80, 1, false),
                        new ServerSettings("b.example", 8080, 1, false),
                        new ServerSettings("c.example", 8080, 7, true));
    }

    @Test
    void weights_above_the_largest_one_are_scaled_down_together() {
        FoundServers found = FoundServers.ofServices(List.of(
                service(0, 65535, 1, "a.example"), service(0, 32768, 1, "b.example"), service(0, 1, 1, "c.example")));

        assertThat(found.servers()).extracting(ServerSettings::weight).containsExactly(256, 128, 1);
    }

    @Test
    void records_without_a_usable_target_are_left_out() {
        FoundServers found = FoundServers.ofServices(List.of(
                service(0, 1, 80, "."),
                service(0, 1, 80, "bad\r\nname.example"),
                service(0, 1, 80, "two words.example"),
                service(0, 1, 0, "a.example"),
                service(0, 1, 80, "b.example"),
                new ServiceRecord(0, 1, 80, "b.example.", Duration.ofSeconds(9))));

        assertThat(found.servers()).extracting(ServerSettings::id).containsExactly("b.example:80");
        assertThat(found.timeToLive()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void of_too_many_those_that_are_there_stay_and_backups_go_first() {
        FoundServers found = FoundServers.ofServices(Stream.of("a", "b", "c", "d", "e")
                .map(name -> service(name.equals("a") ? 2 : 1, 1, 80, name))
                .toList());

        assertThat(found.atMost(3, Set.of("a:80", "d:80", "e:80")::contains).servers())
                .extracting(ServerSettings::id)
                .containsExactly("b:80", "d:80", "e:80");
        assertThat(found.atMost(5, id -> false)).isEqualTo(found);
    }

    @Test
    void a_target_may_point_to_a_name_earlier_in_the_message() {
        ByteBuf message = Unpooled.buffer()
                .writeBytes(new byte[] {7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 0})
                .writeBytes(new byte[] {0, 1, 0, 2, 0, 80, 1, 'a', (byte) 0xC0, 0});
        message.readerIndex(9);

        assertThat(ServiceRecord.read(message, 5))
                .isEqualTo(new ServiceRecord(1, 2, 80, "a.example.", Duration.ofSeconds(5)));
    }

    private static ServiceRecord service(int priority, int weight, int port, String target) {
        return new ServiceRecord(priority, weight, port, target, MINUTE);
    }
}
