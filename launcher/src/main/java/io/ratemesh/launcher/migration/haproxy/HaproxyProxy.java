package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A frontend, a backend, or both in one.
 *
 * @param section its section
 * @param defaults the directives of the {@code defaults} section before it
 */
record HaproxyProxy(Directive section, List<Directive> defaults) {

    /** Directives of frontends, which a backend does not inherit. */
    private static final Set<String> OF_FRONTENDS = Set.of("bind", "default_backend", "use_backend", "maxconn");

    String name() {
        return section.argument(0);
    }

    boolean isFrontend() {
        return !section.name().equals("backend");
    }

    boolean isBackend() {
        return !section.name().equals("frontend");
    }

    List<Directive> own() {
        return section.inside();
    }

    /** The inherited directives, then its own, which have precedence. */
    List<Directive> effective() {
        List<Directive> all = new ArrayList<>(defaults);
        if (!isFrontend()) {
            all.removeIf(each -> OF_FRONTENDS.contains(each.name()));
        }
        all.addAll(own());
        return all;
    }

    /** The directive in force that begins with these words. */
    Optional<Directive> last(String... words) {
        return effective().stream()
                .filter(each -> each.startsWith(List.of(words)))
                .reduce((earlier, later) -> later);
    }

    /** Whether an option is in force, which {@code no option} withdraws. */
    boolean option(String name) {
        boolean on = false;
        for (Directive each : effective()) {
            if (each.startsWith(List.of("option", name))) {
                on = true;
            } else if (each.startsWith(List.of("no", "option", name))) {
                on = false;
            }
        }
        return on;
    }

    boolean isTcp() {
        return last("mode").map(mode -> mode.argument(0)).orElse("tcp").equals("tcp");
    }

    boolean isHttp() {
        return last("mode").map(mode -> mode.argument(0)).orElse("tcp").equals("http");
    }
}
