package io.ratemesh.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.settings.RouteSettings.Forward;
import io.ratemesh.node.settings.RouteSettings.Redirect;
import io.ratemesh.node.settings.RouteSettings.Respond;
import io.ratemesh.node.settings.TextTemplate.Variable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteSettingsTest {

    @Test
    void a_route_to_a_pool_may_change_the_request_and_the_response() {
        RouteSettings route = load("""
                {host: "*.Example.com", path: /shop/, method: [POST, GET], headers: {X-Beta: "1"}, pool: web,
                 strip-prefix: /shop, rewrite: {regex: "/a/(.*)", to: "/b/$1"},
                 request-headers: {set: {X-Client: "${client.address} via ${server}"}, remove: [X-Debug]},
                 response-headers: {set: {X-Frame-Options: DENY}, add: {X-Id: "${request.id}"}, remove: [Server]}}
                """);

        assertThat(route.match())
                .isEqualTo(new RouteMatch(
                        Optional.of("*.example.com"), "/shop/", false, List.of("GET", "POST"), Map.of("x-beta", "1")));
        assertThat(route.action()).isInstanceOfSatisfying(Forward.class, forward -> {
            assertThat(forward.pool()).isEqualTo("web");
            assertThat(forward.stripPrefix()).isEqualTo("/shop");
            assertThat(forward.rewrite().orElseThrow().to()).isEqualTo("/b/$1");
            assertThat(forward.requestHeaders().remove()).containsExactly("x-debug");
            assertThat(forward.requestHeaders().set().get(0).value().render(Variable::name))
                    .isEqualTo("CLIENT_ADDRESS via SERVER");
        });
        assertThat(route.responseHeaders().set()).hasSize(1);
        assertThat(route.responseHeaders().add()).hasSize(1);
        assertThat(route.responseHeaders().remove()).containsExactly("server");
    }

    @Test
    void a_route_may_redirect_or_respond() {
        assertThat(load("{path: /old/, redirect: {to: \"/new${path}${query}\", status: 308}}")
                        .action())
                .isInstanceOfSatisfying(Redirect.class, redirect -> {
                    assertThat(redirect.status()).isEqualTo(308);
                    assertThat(redirect.to().render(variable -> "<" + variable + ">"))
                            .isEqualTo("/new<PATH><QUERY>");
                });
        assertThat(load("{path: /teapot, respond: {status: 418, body: short and stout}}")
                        .action())
                .isEqualTo(new Respond(418, "short and stout", "text/plain; charset=utf-8"));
        assertThat(load("{exact: /, redirect: {to: https://www.example.com/}}").match())
                .isEqualTo(new RouteMatch(Optional.empty(), "/", true, List.of(), Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path: /a | pool: not set; name a pool, or use redirect or respond",
                "path: /a, pool: web, redirect: {to: /b} | pool: \"web\" cannot be combined with another action",
                "path: /a, redirect: {to: /b}, respond: {status: 200} | redirect.to: \"/b\" cannot be combined",
                "path: /a, redirect: {to: /b}, strip-prefix: /a | pool: not set; strip-prefix, rewrite, request-headers, max-body and upgrades",
                "path: a, pool: web | path: \"a\" is not a valid path",
                "path: /a?b, pool: web | path: \"/a?b\" is not a valid path",
                "path: /a//b, pool: web | path: \"/a//b\" is not a valid path; write slashes, letters, digits and - . _ ~ without %, and one slash at a time",
                "exact: /%61, pool: web | exact: \"/%61\" is not a valid path; write slashes",
                "path: /a%2Fb, pool: web | path: \"/a%2Fb\" is not a valid path; write slashes",
                "path: /a, exact: /a, pool: web | exact: \"/a\" cannot be combined with path",
                "path: /, host: 'a b', pool: web | host: \"a b\" is not a valid host",
                "path: /, host: 'a.*.org', pool: web | host: \"a.*.org\" is not a valid host",
                "path: /, method: get, pool: web | method: \"get\" is not a valid method",
                "path: /, method: [GET, ''], pool: web | method: \"\" is not a valid method",
                "path: /, headers: 5, pool: web | headers: \"5\" is not a valid section",
                "path: /a, strip-prefix: /b, pool: web | strip-prefix: \"/b\" is not the begin of path",
                "path: /ab, strip-prefix: /a, pool: web | strip-prefix: \"/a\" is not the begin of path",
                "path: /, rewrite: {regex: '(', to: /a}, pool: web | rewrite.regex: \"(\" is not a valid regular expression",
                "path: /, rewrite: {regex: 'a', to: /$1}, pool: web | rewrite.to: \"/$1\" names a group",
                "path: /, rewrite: {regex: 'a'}, pool: web | rewrite.to: not set; regex and to belong together",
                "path: /, rewrite: {regex: 'a', to: b}, pool: web | rewrite.to: \"b\" is not a valid path",
                "path: /, redirect: {to: /, status: 200} | redirect.status: \"200\" is not a valid value; use one of 301",
                "path: /, redirect: {to: 'javascript:alert(1)'} | redirect.to: \"javascript:alert(1)\" is not a valid target",
                "path: /, redirect: {to: '/${server}'} | redirect.to: \"/${server}\" has an unknown variable",
                "path: /, redirect: {status: 301} | redirect.to: not set",
                "path: /, respond: {status: 99} | respond.status: \"99\" is not a valid number",
                "path: /, pool: web, request-headers: {set: {Via: a}} | request-headers.set.Via: \"Via\" cannot be changed",
                "path: /, pool: web, request-headers: {set: {X-Forwarded-For: a}} | X-Forwarded-For\" cannot be changed",
                "path: /, pool: web, request-headers: {remove: [Content-Length]} | remove[0]: \"Content-Length\" cannot",
                "path: /, pool: web, response-headers: {set: {Connection: a}} | response-headers.set.Connection: ",
                "path: /, pool: web, response-headers: {set: {'A B': a}} | \"A B\" is not a valid field name",
                "path: /, pool: web, response-headers: {set: {A: \"a\\nb\"}} | set.A: \"a b\" is not a valid field value",
                "path: /, pool: web, response-headers: {set: {A: '${nonsense}'}} | set.A: \"${nonsense}\" has an unknown variable",
                "path: /, pool: web, allow: [10.0.0.1/8] | allow[0]: \"10.0.0.1/8\" is not a valid network",
                "path: /, pool: web, deny: everyone | deny: \"everyone\" is not a valid list",
                "path: /, pool: web, rate-limit: {burst: 0} | rate-limit.burst: \"0\" is not a valid number",
                "path: /, pool: web, rate-limit: {header: 'A B', requests-per-second: 1} | rate-limit.header: \"A B\" is not a valid field name",
                "path: /, pool: web, rate-limit: {header: X-Key} | rate-limit.requests-per-second: not set; a rate limit needs a rate",
                "path: /, pool: web, concurrency-limit: {requests: -1} | concurrency-limit.requests: \"-1\" is not a valid number",
                "path: /, pool: web, max-body: 2GiB | max-body: \"2GiB\" is not a valid size",
                "path: /, pool: web, upgrades: [h2c] | upgrades[0]: \"h2c\" is never allowed",
                "path: /, pool: web, upgrades: [foo, 'HTTP/2.0'] | upgrades[1]: \"HTTP/2.0\" is never allowed",
                "path: /, pool: web, upgrades: ['a b'] | upgrades[0]: \"a b\" is not a valid protocol",
                "path: /, pool: web, upgrades: websocket | upgrades: \"websocket\" is not a valid list",
                "path: /, redirect: {to: /b}, upgrades: [] | pool: not set; strip-prefix, rewrite, request-headers, max-body and upgrades",
                "path: /, respond: {body: a}, max-body: 1KiB | pool: not set; strip-prefix, rewrite, request-headers, max-body and upgrades",
                "path: /, pool: web, forward-auth: {url: 'ftp://a/'} | forward-auth.url: \"ftp://a/\" is not a valid URL",
                "path: /, pool: web, forward-auth: {url: '/verify'} | forward-auth.url: \"/verify\" is not a valid URL",
                "path: /, pool: web, forward-auth: {timeout: 1s} | forward-auth.url: not set; name the URL",
                "path: /, pool: web, forward-auth: {url: 'http://a/', timeout: 0} | forward-auth.timeout: \"0\" is not a valid duration",
                "path: /, pool: web, forward-auth: {url: 'http://a/', copy-headers: [Via]} | forward-auth.copy-headers[0]: \"Via\" cannot be changed",
                "path: /, pool: web, basic-auth: {realm: a} | basic-auth.users-file: not set",
                "path: /, pool: web, basic-auth: {users-file: u, realm: 'a\"b'} | basic-auth.realm: \"a\"b\" is not a valid",
                "path: /, pool: web, response-headers: {sit: {A: a}} | response-headers.sit.A: unknown key",
            })
    void a_bad_value_is_named_with_what_is_accepted(String route, String message) {
        assertThatThrownBy(() -> load("{" + route + "}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("balancer.routes[0].")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{path: /a, pool: web} | {path: /a/, pool: web} | false",
                "{path: /a, pool: web} | {exact: /a, pool: web} | true",
                "{path: /a, pool: web} | {path: /a, host: a.org, pool: web} | true",
                "{path: /a, method: GET, pool: web} | {path: /a, method: POST, pool: web} | true",
                "{path: /a, method: GET, pool: web} | {path: /a, method: [GET, POST], pool: web} | false",
                "{path: /a, headers: {a: 1}, pool: web} | {path: /a, headers: {a: 2}, pool: web} | true",
                "{path: /a, headers: {a: 1}, pool: web} | {path: /a, headers: {b: 2}, pool: web} | false",
                "{path: /a, headers: {a: 1}, pool: web} | {path: /a, method: GET, pool: web} | false",
            })
    void of_two_routes_one_has_to_be_more_specific(String first, String second, boolean accepted) {
        String both = "balancer.routes=[" + first + ", " + second + "]";

        if (accepted) {
            assertThat(Settings.load(Optional.empty(), List.of(POOL, both), Map.of())
                            .balancer()
                            .routes())
                    .hasSize(2);
        } else {
            assertThatThrownBy(() -> Settings.load(Optional.empty(), List.of(POOL, both), Map.of()))
                    .hasMessageContaining("is the path of another route; list each path once, or add host");
        }
    }

    private static final String POOL = "balancer.pools.web.servers=[\"a:1\"]";

    private static RouteSettings load(String route) {
        return Settings.load(Optional.empty(), List.of(POOL, "balancer.routes=[" + route + "]"), Map.of())
                .balancer()
                .routes()
                .get(0);
    }
}
