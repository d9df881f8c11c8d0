package io.ratemesh.launcher.migration.nginx;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The target of {@code proxy_pass} or {@code grpc_pass}.
 *
 * @param scheme such as {@code http}
 * @param host the name of an upstream, or a host with an optional port
 * @param path replaces the prefix of the location; empty to keep it
 */
record ProxyPass(String scheme, String host, String path) {

    private static final Pattern URL = Pattern.compile("(http|https|grpc|grpcs)://([^/$]+)(/[^$]*)?");

    static Optional<ProxyPass> parse(String text) {
        Matcher matcher = URL.matcher(text);
        return matcher.matches()
                ? Optional.of(new ProxyPass(
                        matcher.group(1), matcher.group(2), matcher.group(3) == null ? "" : matcher.group(3)))
                : Optional.empty();
    }

    boolean isTls() {
        return scheme.equals("https") || scheme.equals("grpcs");
    }

    boolean isGrpc() {
        return scheme.startsWith("grpc");
    }

    int defaultPort() {
        return isTls() ? 443 : 80;
    }
}
