package io.ratemesh.launcher.migration.nginx;

import io.ratemesh.launcher.migration.draft.Directive;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Directives that need no setting, since the balancer always behaves so (docs/coming-from-haproxy-nginx.md). */
final class NeedsNothing {

    private static final Set<String> NAMES = Set.of(
            "sendfile",
            "tcp_nopush",
            "tcp_nodelay",
            "types_hash_max_size",
            "server_names_hash_bucket_size",
            "server_names_hash_max_size",
            "variables_hash_max_size",
            "default_type",
            "types",
            "server_tokens",
            "proxy_http_version",
            "proxy_buffers",
            "proxy_buffer_size",
            "proxy_busy_buffers_size",
            "proxy_next_upstream",
            "proxy_next_upstream_tries",
            "proxy_next_upstream_timeout",
            "proxy_headers_hash_max_size",
            "proxy_headers_hash_bucket_size",
            "open_file_cache",
            "open_file_cache_valid",
            "open_file_cache_min_uses",
            "real_ip_recursive",
            "ssl_prefer_server_ciphers",
            "ssl_session_cache",
            "ssl_session_timeout",
            "ssl_session_tickets",
            "multi_accept",
            "use",
            "daemon",
            "worker_rlimit_nofile",
            "reset_timedout_connection",
            "ignore_invalid_headers",
            "disable_symlinks");

    /** With one value only. */
    private static final Set<List<String>> WITH_VALUE = Set.of(
            List.of("proxy_buffering", "off"),
            List.of("proxy_request_buffering", "off"),
            List.of("proxy_redirect", "off"),
            List.of("proxy_pass_request_headers", "on"),
            List.of("proxy_pass_request_body", "on"),
            List.of("gzip", "off"),
            List.of("autoindex", "off"),
            List.of("auth_basic", "off"),
            List.of("index", "index.html"),
            List.of("include", "mime.types"),
            List.of("include", "/etc/nginx/mime.types"),
            List.of("real_ip_header", "X-Forwarded-For"),
            List.of("real_ip_header", "proxy_protocol"),
            List.of("ssl_protocols", "TLSv1.2", "TLSv1.3"),
            List.of("ssl_protocols", "TLSv1.3", "TLSv1.2"));

    private static final Set<String> FORWARDED = Set.of(
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-request-id",
            "upgrade",
            "connection");

    private NeedsNothing() {}

    static boolean includes(Directive directive) {
        return NAMES.contains(directive.name())
                || WITH_VALUE.contains(directive.words())
                || isForwardedField(directive)
                || isUpgradeMap(directive);
    }

    private static boolean isForwardedField(Directive directive) {
        String field = directive.argument(0).toLowerCase(Locale.ROOT);
        boolean ownHost = field.equals("host") && Set.of("$host", "$http_host").contains(directive.argument(1));
        return directive.name().equals("proxy_set_header") && (FORWARDED.contains(field) || ownHost);
    }

    /** The map with which nginx passes WebSockets on. */
    private static boolean isUpgradeMap(Directive directive) {
        return directive.words().equals(List.of("map", "$http_upgrade", "$connection_upgrade"));
    }
}
