package io.ratemesh.launcher.migration.nginx;

import io.ratemesh.launcher.migration.draft.Directive;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code listen} directive.
 *
 * @param bind the address
 * @param port its port
 * @param options the words after it
 */
record NginxListen(String bind, int port, List<String> options) {

    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.*-]+)(?::(\\d{1,5}))?");
    private static final Set<String> NEED_NOTHING =
            Set.of("ssl", "http2", "default_server", "default", "reuseport", "deferred", "proxy_protocol");
    private static final int HTTP_PORT = 80;

    /** Parses it; empty for a socket. */
    static Optional<NginxListen> parse(Directive listen) {
        List<String> words = listen.arguments();
        String address = listen.argument(0);
        List<String> options = words.isEmpty() ? List.of() : words.subList(1, words.size());
        if (PORT.matcher(address).matches()) {
            return of("0.0.0.0", address, options);
        }
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String host =
                matcher.group(1).equals("*") ? "0.0.0.0" : matcher.group(1).replaceAll("[\\[\\]]", "");
        return of(host, matcher.group(2) == null ? String.valueOf(HTTP_PORT) : matcher.group(2), options);
    }

    boolean has(String option) {
        return options.contains(option);
    }

    boolean isDefault() {
        return has("default_server") || has("default");
    }

    /** Options that no setting has. */
    List<String> withoutSetting() {
        return options.stream()
                .filter(option -> !NEED_NOTHING.contains(option) && !option.startsWith("ipv6only="))
                .toList();
    }

    private static Optional<NginxListen> of(String bind, String port, List<String> options) {
        int number = Integer.parseInt(port);
        return number >= 1 && number <= 65_535 ? Optional.of(new NginxListen(bind, number, options)) : Optional.empty();
    }
}
