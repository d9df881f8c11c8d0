package io.ratemesh.node.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may use a route.
 *
 * @param allow the only clients that may; none for all
 * @param deny clients that may not, even if they are among the allowed
 * @param rate how many requests in a time
 * @param concurrency how many requests at once
 * @param basicAuth the users that may; empty where no password is asked for
 * @param forwardAuth the server that decides; empty for none
 */
public record AccessSettings(
        List<AddressRange> allow,
        List<AddressRange> deny,
        Rate rate,
        Concurrency concurrency,
        Optional<BasicAuth> basicAuth,
        Optional<ForwardAuth> forwardAuth) {

    /** Everyone. */
    public static final AccessSettings ALL = new AccessSettings(
            List.of(),
            List.of(),
            new Rate(0, 1, Optional.empty()),
            new Concurrency(0, 0),
            Optional.empty(),
            Optional.empty());

    private static final Pattern REALM = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\]]{1,100}");
    private static final Duration FORWARD_AUTH_TIMEOUT = Duration.ofSeconds(5);

    /**
     * A rate for each client.
     *
     * @param perSecond requests of one client; 0 is no limit
     * @param burst requests that one client may send at once after a pause, at least 1
     * @param header the field whose value tells clients apart; empty where their address does
     */
    public record Rate(int perSecond, int burst, Optional<String> header) {}

    /**
     * Requests under way.
     *
     * @param requests of all clients; 0 is no limit
     * @param perClient of one client; 0 is no limit
     */
    public record Concurrency(int requests, int perClient) {

        /** Whether there is a limit. */
        public boolean isLimited() {
            return requests > 0 || perClient > 0;
        }
    }

    /**
     * Basic authentication (RFC 7617).
     *
     * @param users a file as of Apache's {@code htpasswd}
     * @param realm what a browser shows when it asks for the password
     */
    public record BasicAuth(Path users, String realm) {}

    /**
     * A server that is asked about each request.
     *
     * @param url where it is asked, of http or https
     * @param timeout of its response
     * @param copyHeaders the fields of its response that the request gets, in lower case
     */
    public record ForwardAuth(URI url, Duration timeout, Set<String> copyHeaders) {}

    static AccessSettings read(SettingsReader reader) {
        return new AccessSettings(
                reader.networks("allow", List.of()),
                reader.networks("deny", List.of()),
                rate(reader.in("rate-limit")),
                new Concurrency(
                        reader.number("concurrency-limit.requests", 0, LimitSettings.MAX_COUNT, 0),
                        reader.number("concurrency-limit.requests-per-client", 0, LimitSettings.MAX_COUNT, 0)),
                basicAuth(reader.in("basic-auth")),
                forwardAuth(reader.in("forward-auth")));
    }

    private static Rate rate(SettingsReader reader) {
        int perSecond = reader.number("requests-per-second", 0, LimitSettings.MAX_COUNT, 0);
        int burst = reader.number("burst", 1, LimitSettings.MAX_COUNT, Math.max(1, perSecond));
        Optional<String> header = reader.optionalText("header");
        if (header.isPresent() && !HeaderSettings.isName(header.get())) {
            reader.fault("header", "is not a valid field name", "use a name such as X-Api-Key");
        } else if (header.isPresent() && perSecond == 0) {
            reader.fault("requests-per-second", "is missing", "a rate limit needs a rate");
        }
        return new Rate(perSecond, burst, header);
    }

    private static Optional<BasicAuth> basicAuth(SettingsReader reader) {
        String realm = reader.text("realm", "restricted");
        Optional<Path> users = reader.path("users-file");
        if (!REALM.matcher(realm).matches()) {
            reader.fault("realm", "is not a valid realm", "use up to 100 characters of ASCII without quotes");
        }
        if (users.isEmpty() && reader.given("realm").isPresent()) {
            reader.fault("users-file", "is missing", "name a file as of htpasswd");
        }
        if (users.isEmpty()) {
            reader.withoutEffect();
        }
        return users.map(file -> new BasicAuth(file, realm));
    }

    private static Optional<ForwardAuth> forwardAuth(SettingsReader reader) {
        Optional<String> written = reader.optionalText("url");
        Optional<URI> url = written.flatMap(AccessSettings::url);
        Duration timeout =
                reader.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1), FORWARD_AUTH_TIMEOUT);
        Set<String> copied = HeaderSettings.namesInRequests(reader, "copy-headers");
        if (written.isPresent() && url.isEmpty()) {
            reader.fault("url", "is not a valid URL", "use a URL such as http://127.0.0.1:9091/verify");
        }
        if (written.isEmpty()) {
            if (!copied.isEmpty() || reader.given("timeout").isPresent()) {
                reader.fault("url", "is missing", "name the URL that is asked, such as http://127.0.0.1:9091/verify");
            }
            reader.withoutEffect();
        }
        return url.map(at -> new ForwardAuth(at, timeout, copied));
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean usable = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null;
            return usable ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
