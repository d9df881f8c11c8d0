package io.ratemesh.launcher.migration.nginx;

import io.ratemesh.launcher.migration.draft.Directive;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A {@code server} of the level {@code http}, as far as it decides which requests are for it. */
record ServerBlock(Directive directive) {

    private static final Pattern TO_HTTPS =
            Pattern.compile("https://(?:\\$host|\\$server_name|\\$http_host|[A-Za-z0-9.-]+)(?::443)?\\$request_uri");
    private static final Pattern NAME = Pattern.compile("(?:\\*\\.)?[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*");
    private static final Set<String> NO_CONTENT =
            Set.of("listen", "server_name", "access_log", "error_log", "return", "server_tokens", "location", "http2");

    private static final Set<String> OF_STATUS =
            Set.of("listen", "server_name", "location", "stub_status", "allow", "deny", "access_log");

    List<Directive> inside() {
        return directive.inside();
    }

    List<Directive> all(String name) {
        return inside().stream().filter(each -> each.name().equals(name)).toList();
    }

    /** The names of hosts; none where it takes requests for every host. */
    List<String> hosts() {
        return all("server_name").stream()
                .flatMap(each -> each.arguments().stream())
                .filter(name -> NAME.matcher(name).matches())
                .toList();
    }

    /** Whether it has names that no route has, such as regular expressions. */
    boolean hasOtherNames() {
        return all("server_name").stream()
                .flatMap(each -> each.arguments().stream())
                .anyMatch(name -> !NAME.matcher(name).matches() && !name.equals("_") && !name.isEmpty());
    }

    boolean isDefault() {
        return all("listen").stream()
                .flatMap(listen -> NginxListen.parse(listen).stream())
                .anyMatch(NginxListen::isDefault);
    }

    boolean hasTls() {
        return all("listen").stream().anyMatch(listen -> listen.arguments().contains("ssl"));
    }

    /** Whether it shows the status of nginx, and nothing else. */
    boolean isStatus() {
        List<Directive> locations = all("location");
        return !locations.isEmpty()
                && inside().stream().allMatch(each -> OF_STATUS.contains(each.name()))
                && locations.stream()
                        .allMatch(location -> location.inside().stream()
                                        .anyMatch(each -> each.name().equals("stub_status"))
                                && location.inside().stream().allMatch(each -> OF_STATUS.contains(each.name())));
    }

    /** The directive that redirects all requests to HTTPS, where there is nothing else. */
    Optional<Directive> httpsRedirect() {
        List<Directive> locations = all("location");
        boolean nothingElse =
                inside().stream().allMatch(each -> NO_CONTENT.contains(each.name()) || isHttpsRedirect(each));
        if (!nothingElse || hasTls()) {
            return Optional.empty();
        }
        if (locations.isEmpty()) {
            return inside().stream().filter(ServerBlock::isHttpsRedirect).findFirst();
        }
        return locations.size() == 1 && locations.get(0).words().equals(List.of("location", "/"))
                ? locations.get(0).inside().stream()
                        .filter(ServerBlock::isHttpsRedirect)
                        .findFirst()
                : Optional.empty();
    }

    private static boolean isHttpsRedirect(Directive directive) {
        return directive.name().equals("return")
                && Set.of("301", "302", "307", "308").contains(directive.argument(0))
                && TO_HTTPS.matcher(directive.argument(1)).matches();
    }
}
