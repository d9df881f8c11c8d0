package io.ratemesh.node.settings;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ratemesh.node.settings.TextTemplate.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An item of {@code balancer.routes}: what happens with some requests.
 *
 * @param match the requests
 * @param action what happens with them
 * @param responseHeaders how the fields of the responses change
 * @param access who may use it
 */
public record RouteSettings(RouteMatch match, Action action, HeaderSettings responseHeaders, AccessSettings access) {

    /** What happens with a request. */
    public sealed interface Action {}

    /**
     * The request goes to a pool.
     *
     * @param pool the name of the pool
     * @param stripPrefix what is removed from the begin of the path, without a slash at its end; empty for nothing
     * @param rewrite of the path
     * @param requestHeaders how the fields of the request change
     * @param maxBody the longest body that a request may have, in bytes; 0 is no limit
     * @param upgrades the protocols to which a connection may switch, in lower case
     */
    public record Forward(
            String pool,
            String stripPrefix,
            Optional<Rewrite> rewrite,
            HeaderSettings requestHeaders,
            int maxBody,
            Set<String> upgrades)
            implements Action {

        /** All requests, as they are. */
        public Forward(String pool) {
            this(pool, "", Optional.empty(), HeaderSettings.NONE, 0, WEB_SOCKET);
        }

        /** Whether all requests are forwarded as they are. */
        public boolean isPlain() {
            return equals(new Forward(pool));
        }
    }

    /**
     * A replacement of a path.
     *
     * @param pattern of the whole path
     * @param to the new path, in which {@code $1} is the first group of the pattern
     */
    public record Rewrite(Pattern pattern, String to) {}

    /**
     * The balancer redirects the client.
     *
     * @param to the value of {@code Location}
     * @param status 301, 302, 303, 307 or 308
     */
    public record Redirect(TextTemplate to, int status) implements Action {}

    /**
     * The balancer itself responds.
     *
     * @param status 200 to 599
     * @param body the content
     * @param contentType its {@code Content-Type}
     */
    public record Respond(int status, String body, String contentType) implements Action {}

    private static final Map<String, Integer> REDIRECTS =
            Map.of("301", 301, "302", 302, "303", 303, "307", 307, "308", 308);

    /** Routes allow it unless they say otherwise. */
    private static final Set<String> WEB_SOCKET = Set.of("websocket");

    /** Protocols on which requests would follow that no listener has checked. */
    private static final java.util.regex.Pattern NEVER =
            java.util.regex.Pattern.compile("h2c?|http(/.*)?|tls(/.*)?", java.util.regex.Pattern.CASE_INSENSITIVE);

    private static final java.util.regex.Pattern PROTOCOL =
            java.util.regex.Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,50}(/[!#$%&'*+.^_`|~0-9A-Za-z-]{1,50})?");

    private static final int MAX_RESPONSE = 64 * 1024;
    private static final int LARGEST_MAX_BODY = 1 << 30;

    /** All requests below a path go to a pool. */
    public RouteSettings(String path, String pool) {
        this(RouteMatch.below(path), new Forward(pool), HeaderSettings.NONE, AccessSettings.ALL);
    }

    /** The pool that requests go to; empty where the balancer responds. */
    public Optional<String> pool() {
        return action instanceof Forward forward ? Optional.of(forward.pool()) : Optional.empty();
    }

    static RouteSettings read(SettingsReader reader) {
        RouteMatch match = RouteMatch.read(reader);
        Optional<String> pool = reader.optionalText("pool");
        Forward forward = forward(reader, match, pool.orElse(""));
        Optional<Redirect> redirect = redirect(reader.in("redirect"));
        Optional<Respond> respond = respond(reader.in("respond"));
        List<Action> actions = Stream.of(pool.map(ignored -> forward), redirect, respond)
                .<Action>flatMap(Optional::stream)
                .toList();
        if (actions.isEmpty()) {
            reader.fault("pool", "is missing", "name a pool, or use redirect or respond");
        } else if (actions.size() > 1) {
            reader.fault(
                    pool.isPresent() ? "pool" : "redirect.to",
                    "cannot be combined with another action",
                    "use one of pool, redirect and respond");
        } else if (pool.isEmpty() && !forward.isPlain()) {
            reader.fault(
                    "pool",
                    "is missing",
                    "strip-prefix, rewrite, request-headers, max-body and upgrades are for requests to a pool");
        }
        Set<Variable> known = pool.isPresent() ? TextTemplate.ALL : TextTemplate.WITHOUT_SERVER;
        return new RouteSettings(
                match,
                actions.isEmpty() ? forward : actions.get(0),
                HeaderSettings.ofResponses(reader.in("response-headers"), known),
                AccessSettings.read(reader));
    }

    private static Forward forward(SettingsReader reader, RouteMatch match, String pool) {
        String strip = reader.optionalText("strip-prefix").orElse("");
        String bare = strip.endsWith("/") ? strip.substring(0, strip.length() - 1) : strip;
        boolean below = match.path().equals(bare) || match.path().startsWith(bare + "/");
        if (!strip.isEmpty() && !(strip.startsWith("/") && below)) {
            reader.fault("strip-prefix", "is not the begin of path", "use path, or a path above it");
        }
        return new Forward(
                pool,
                bare,
                rewrite(reader.in("rewrite")),
                HeaderSettings.ofRequests(reader.in("request-headers")),
                reader.size("max-body", 0, LARGEST_MAX_BODY, 0),
                upgrades(reader));
    }

    private static Set<String> upgrades(SettingsReader reader) {
        List<String> written = reader.texts("upgrades", List.copyOf(WEB_SOCKET));
        for (int i = 0; i < written.size(); i++) {
            String protocol = written.get(i);
            boolean valid = PROTOCOL.matcher(protocol).matches();
            if (!valid || NEVER.matcher(protocol).matches()) {
                reader.fault(
                        "upgrades",
                        "[" + i + "]",
                        Optional.of(protocol),
                        valid ? "is never allowed" : "is not a valid protocol",
                        "use protocols such as websocket or spdy/3.1");
            }
        }
        return written.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Rewrite> rewrite(SettingsReader reader) {
        Optional<String> regex = reader.optionalText("regex");
        Optional<String> to = reader.optionalText("to");
        if (regex.isPresent() != to.isPresent()) {
            reader.fault(to.isEmpty() ? "to" : "regex", "is missing", "regex and to belong together");
        }
        if (regex.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (!to.get().startsWith("/")) {
            reader.fault("to", "is not a valid path", "use a path that begins with /");
        }
        try {
            Pattern pattern = Pattern.compile(regex.get());
            requireGroups(reader, pattern, to.get());
            return Optional.of(new Rewrite(pattern, to.get()));
        } catch (PatternSyntaxException e) {
            reader.fault("regex", "is not a valid regular expression: " + e.getDescription(), "use the syntax of RE2");
            return Optional.empty();
        }
    }

    private static void requireGroups(SettingsReader reader, Pattern pattern, String to) {
        boolean unknown = java.util.regex.Pattern.compile("\\$(\\d)")
                .matcher(to)
                .results()
                .anyMatch(group -> Integer.parseInt(group.group(1)) > pattern.groupCount());
        if (unknown) {
            reader.fault("to", "names a group that regex does not have", "use $1 to $" + pattern.groupCount());
        }
    }

    private static Optional<Redirect> redirect(SettingsReader reader) {
        Optional<String> to = reader.optionalText("to");
        int status = reader.oneOf("status", REDIRECTS, 302);
        if (to.isEmpty()) {
            if (reader.given("status").isPresent()) {
                reader.fault("to", "is missing", "use a path or a URL, such as /new${path}");
            }
            reader.withoutEffect();
            return Optional.empty();
        }
        if (!to.get().startsWith("/") && !to.get().matches("(?s)(https?|\\$\\{scheme}):/.*")) {
            reader.fault("to", "is not a valid target", "use a path that begins with /, or a URL of http or https");
        }
        return reader.template("to", to.get(), TextTemplate.WITHOUT_SERVER)
                .map(template -> new Redirect(template, status));
    }

    private static Optional<Respond> respond(SettingsReader reader) {
        boolean given =
                reader.given("status").isPresent() || reader.given("body").isPresent();
        int status = reader.number("status", 200, 599, 200);
        String body = reader.optionalText("body").orElse("");
        String type = reader.text("content-type", "text/plain; charset=utf-8");
        if (body.length() > MAX_RESPONSE) {
            reader.fault("body", "is too long", "use at most " + MAX_RESPONSE + " characters, or a folder of files");
        }
        if (!given) {
            reader.withoutEffect();
            return Optional.empty();
        }
        return Optional.of(new Respond(status, body, type));
    }
}
