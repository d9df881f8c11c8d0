package io.ratemesh.launcher.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.launcher.migration.ConfigurationImport.Imported;
import io.ratemesh.launcher.migration.draft.MalformedConfigurationException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single lines become. In the tables, {@code ¶} ends a line. */
class MappedLinesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        balance random(2)                        | algorithm: random-two
        balance uri                              | algorithm: uri-hash
        balance uri path-only                    | algorithm: uri-hash
        balance hdr(X-User)                      | not mapped: balance hdr(X-User)
        option httpchk GET /up                   | check: {path: /up}
        option httpchk GET /up¶http-check expect status 204 | check: {path: /up, expect: 204}
        option httpchk GET /up¶http-check expect ! status 500 | not mapped: http-check expect ! status 500
        option httpchk GET /up¶http-check send hdr X-Check yes | (only: hdr X-Check yes)
        option mysql-check                       | not mapped: option mysql-check (the check opens a connection)
        timeout connect 250                      | connect-timeout: 250ms
        timeout connect 10m                      | not mapped: timeout connect 10m (connect-timeout accepts 10ms to 5m)
        timeout server 1d                        | response-timeout: 24h
        server c 10.0.0.3:80 check weight 256    | 10.0.0.3:80 weight=256
        server c 10.0.0.3:80 check weight 0      | (a server that gets no requests is not listed)
        server c [fd00::3]:80 check              | [fd00::3]:80
        server c ipv4@10.0.0.3:80 check          | 10.0.0.3:80
        server c 10.0.0.3 check                  | (its address must be a host and a port)
        server c 10.0.0.1:80 check               | (this address is listed already)
        server c 10.0.0.3:80 check maxconn 9     | max-in-flight: 9
        server c 10.0.0.3:80 check maxconn 9¶server d 10.0.0.4:80 check maxconn 8 | server d 10.0.0.4:80 check maxconn 8 (only: maxconn 8)
        server c 10.0.0.3:80 check send-proxy-v2 | (a server that expects the PROXY protocol is not listed; see send-proxy)
        server c 10.0.0.3:80 check agent-check   | (only: agent-check)
        server c 10.0.0.3:80 check agent-check agent-port 9999 agent-inter 5s | agent: {port: 9999, interval: 5s}
        server c 10.0.0.3:80 check inter 3s agent-check agent-port 9999 | agent: {port: 9999, interval: 3s}
        server c 10.0.0.3:80 check agent-check agent-port 9999 agent-addr 10.0.0.9 | (only: agent-addr 10.0.0.9)
        server c 10.0.0.3:80                     | Some of these servers have no check
        default-server slowstart 1m              | without effect: default-server slowstart 1m
        default-server slowstart 1m¶server c 10.0.0.3:80 check | slow-start: 1m
        http-request auth unless { path /ping }  | (these requests are let through)
        timeout tunnel 1h                        | not mapped: timeout tunnel 1h
        cookie SRV                               | not mapped: cookie SRV
        """)
    void a_line_of_a_backend(String lines, String expected) {
        assertThat(backend(lines).yaml()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        server-template w 1-8 web.internal:8080 check resolvers dns | dns: {name: web.internal, port: 8080, max-servers: 8}
        server-template w 5 _http._tcp.web.internal check           | dns: {srv: _http._tcp.web.internal, max-servers: 5}
        server-template w 5 web.internal:80 check weight 10         | (only: weight 10)
        server-template w 5 web.internal:80 check¶server a 10.0.0.1:80 | (DNS names the servers of this pool)
        server a 10.0.0.1:80¶server-template w 5 web.internal:80    | servers: ['10.0.0.1:80', 'web.internal:80']
        server-template w 5 web.internal check                      | (its address must be a host and a port)
        """)
    void a_template_of_servers(String lines, String expected) {
        assertThat(of("defaults¶mode http¶frontend f¶bind :8080¶default_backend web¶backend web¶" + lines)
                        .yaml())
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bind :8081                               | (only: 0.0.0.0:8081, since there is one listener of this kind)
        bind :8081 proto h2                      | h2c: {port: 8081}
        bind :443 ssl crt /site.pem alpn h2,http/1.1 | tls: {cert: /site.pem, key: /site.pem, port: 443}
        bind :443 ssl crt /site.pem alpn http/1.1 | (only: alpn http/1.1)
        bind :443 ssl crt /certs/                | (it must name a PEM file with crt)
        bind /run/front.sock                     | (its addresses must be addresses with a port)
        bind :8080 accept-proxy                  | http: {proxy-protocol: true, port: 8080}
        bind :443 ssl crt /a.pem¶http-request redirect scheme https unless { ssl_fc } | to-https: true
        bind :443 ssl crt /a.pem¶redirect scheme https code 301 if !{ ssl_fc } | to-https: true
        http-request redirect scheme https       | not mapped: http-request redirect scheme https
        use_backend other if { path_beg /a/ } or { path_beg /b/ } | - {path: /b/, pool: other}
        use_backend other if { path_beg -i /a/ } | not mapped: use_backend other
        use_backend other if !{ path_beg /a/ }   | not mapped: use_backend other
        use_backend other if { path_beg /a }     | differs: use_backend other if { path_beg /a } (/a matches whole segments
        use_backend other if { path_dir a }      | - {path: /a/, pool: other}
        acl x path_beg /a/¶acl x path_beg /b/¶use_backend other if x | - {path: /b/, pool: other}
        use_backend other if { path_beg /a/ }¶use_backend web if { path_beg /a/b/ } | without effect: use_backend web
        use_backend missing if { path_beg /a/ }  | (there is no pool for missing)
        timeout client 500                       | (body-time accepts 1s to 1h)
        maxconn 100                              | limits: {connections: 100}
        option http-server-close                 | not mapped: option http-server-close
        """)
    void a_line_of_a_frontend(String lines, String expected) {
        assertThat(frontend(lines).yaml()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        use_backend other if { hdr(host) -i A.example.com } | {host: a.example.com, path: /, pool: other}
        use_backend other if { hdr_end(host) .example.com } | {host: '*.example.com', path: /, pool: other}
        use_backend other if { hdr_end(host) example.com }  | not mapped: use_backend other
        use_backend other if { path /a }                    | {exact: /a, pool: other}
        use_backend other if METH_POST                      | {path: /, method: [POST], pool: other}
        use_backend other if { hdr(X-Beta) 1 } { path_beg /a/ } | {path: /a/, headers: {X-Beta: '1'}, pool: other}
        http-request redirect location /b code 308 if { path_beg /a/ } | {path: /a/, redirect: {to: /b, status: 308}}
        http-request redirect location /b code 308 if { path_beg /a/ }¶use_backend other if { path_beg /a/c/ } | without effect: use_backend other
        http-request return status 418 string teapot if { path_beg /t/ } | {path: /t/, respond: {status: 418, body: teapot}}
        http-request deny if { path_beg /a/ }               | {path: /a/, respond: {status: 403}}
        http-request deny if { path_beg /a/ } { src 10.0.0.1 } | (these requests are let through)
        http-request deny if { path_beg /a/ }¶use_backend other if { hdr(host) b.example.com } | {host: b.example.com, path: /a/, respond: {status: 403}}
        http-request set-header X-Client %[src]             | request-headers: {set: {X-Client: '${client.address}'}}
        http-request set-header X-Key %[req.hdr(x)]         | not mapped: http-request set-header X-Key
        http-response del-header Server                     | response-headers: {remove: [Server]}
        """)
    void a_line_that_needs_routes_with_conditions(String lines, String expected) {
        assertThat(frontend(lines).yaml()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        server c 10.0.0.3:443 ssl verify none check         | tls: {verify: false}
        server c 10.0.0.3:443 ssl ca-file /ca.pem sni str(c.internal) check | tls: {verify: true, ca: /ca.pem, server-name: c.internal}
        server c 10.0.0.3:80 proto h2 check                 | http-version: '2'
        server c unix@/run/c.sock check                     | unix:/run/c.sock
        option httpchk HEAD /up HTTP/1.1\\r\\nHost:\\ c.internal | check: {path: /up, method: HEAD, host: c.internal}
        cookie SRV insert indirect nocache                  | affinity: {cookie: SRV}
        """)
    void a_line_that_needs_more_of_pools(String lines, String expected) {
        assertThat(backend(lines).yaml()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        location /a/ { proxy_pass http://10.0.0.9:81; }     | {path: /a/, pool: 10-0-0-9-81}
        location /a/ { proxy_pass http://10.0.0.9; }        | servers: ['10.0.0.9:80']
        location /a/ { proxy_pass http://web/a/; }          | {path: /a/, pool: web}
        location /a/ { proxy_pass http://$backend; }        | not mapped: proxy_pass http://$backend
        location /a/ { deny 10.0.0.1; proxy_pass http://web; } | access is not limited
        location ~ ^/a { proxy_pass http://web; }           | (a route has a prefix, not a regular expression)
        location /a/ { proxy_read_timeout 5m; proxy_pass http://web; } | response-timeout: 5m
        location /a/ { proxy_read_timeout 5m; proxy_pass http://web; } location /b/ { proxy_read_timeout 6m; proxy_pass http://web; } | proxy_read_timeout 6m (the pool has another response-timeout)
        limit_conn zone 5;                                  | not mapped: limit_conn zone 5
        client_body_timeout 1h30m;                          | (body-time accepts 1s to 1h)
        listen 8081 http2;                                  | h2c: {port: 8081}
        listen unix:/run/front.sock;                        | not mapped: listen unix:/run/front.sock
        listen 443 ssl;                                     | (it needs ssl_certificate and ssl_certificate_key)
        include missing/*.conf;                             | not mapped: include missing/*.conf
        """)
    void a_line_of_a_server_of_nginx(String lines, String expected) {
        assertThat(nginx(lines).yaml()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        location /a/ { proxy_pass http://web/; }            | {path: /a/, strip-prefix: /a, pool: web}
        location = /a { proxy_pass http://web; }            | {exact: /a, pool: web}
        location /a/ { proxy_pass https://10.0.0.9; }       | tls: {verify: false}
        location /a/ { grpc_pass grpc://10.0.0.9:50051; }   | http-version: '2'
        location /a/ { return 301 https://example.com$request_uri; } | redirect: {to: 'https://example.com${path}${query}', status: 301}
        location /a/ { return 404; }                        | {path: /a/, respond: {status: 404}}
        location /a/ { auth_basic on; proxy_pass http://web; } | {path: /a/, respond: {status: 403}}
        location /a/ { proxy_set_header X-Real-IP $remote_addr; proxy_pass http://web; } | request-headers: {set: {X-Real-IP: '${client.address}'}}
        """)
    void a_location_that_needs_more_of_routes_and_pools(String lines, String expected) {
        assertThat(nginx(lines).yaml()).contains(expected);
    }

    @Test
    void a_password_is_not_printed() {
        assertThat(frontend("stats auth admin:hunter2").yaml()).contains("stats auth admin:(not shown)");
        assertThat(of("userlist u¶user a insecure-password hunter2¶frontend f¶bind :80")
                        .yaml())
                .contains("user a insecure-password (not shown)")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        frontend f¶bind "*:80                    | f:2: a quote has no end
        server { listen 80;                      | f:1: a block has no end; is } missing?
        server { listen 80; } }                  | f:1: } without a block
        server { listen 80 }                     | f:1: a directive has no end; is ; missing?
        server {¶listen '80;¶}                   | f:2: a quote has no end
        hello world                              | f:1: a directive has no end; is ; or } missing?
        # nothing                                | f:1: there is no directive of HAProxy or nginx
        """)
    void a_malformed_file_is_named_with_its_line(String text, String message) {
        assertThatThrownBy(() -> of(text))
                .isInstanceOf(MalformedConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void a_continued_line_is_one_line_of_HAProxy() {
        assertThat(backend("option httpchk GET \\¶  /up").yaml()).contains("check: {path: /up}");
    }

    private static Imported backend(String lines) {
        return of("defaults¶mode http¶frontend f¶bind :8080¶default_backend web¶backend web¶server a 10.0.0.1:80 check¶"
                + lines);
    }

    private static Imported frontend(String lines) {
        return of("defaults¶mode http¶backend web¶server a 10.0.0.1:80 check¶backend other¶server b 10.0.0.2:80 check¶"
                + "frontend f¶bind :8080¶default_backend web¶" + lines);
    }

    private static Imported nginx(String lines) {
        return of("upstream web { server 10.0.0.1:80; } server { listen 8080; location / { proxy_pass http://web; } "
                + lines + " }");
    }

    private static Imported of(String text) {
        return ConfigurationImport.of(Path.of("f"), text.replace('¶', '\n'));
    }
}
