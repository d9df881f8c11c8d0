package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may use a route.
 *
 * @param allow the only clients that may; none for all
 * @param deny clients that may not, even if they are among the allowed
 * @param requestsPerSecond the sustained rate of one client; 0 is no limit
 * @param burst requests that one client may send at once after a pause, at least 1
 * @param basicAuth the users that may; empty where no password is asked for
 */
public record AccessSettings(
        List<AddressRange> allow,
        List<AddressRange> deny,
        int requestsPerSecond,
        int burst,
        Optional<BasicAuth> basicAuth) {

    /** Everyone. */
    public static final AccessSettings ALL = new AccessSettings(List.of(), List.of(), 0, 1, Optional.empty());

    private static final Pattern REALM = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\]]{1,100}");

    /**
     * Basic authentication (RFC 7617).
     *
     * @param users a file as of Apache's {@code htpasswd}
     * @param realm what a browser shows when it asks for the password
     */
    public record BasicAuth(Path users, String realm) {}

    static AccessSettings read(SettingsReader reader) {
        int perSecond = reader.number("rate-limit.requests-per-second", 0, LimitSettings.MAX_COUNT, 0);
        return new AccessSettings(
                reader.networks("allow", List.of()),
                reader.networks("deny", List.of()),
                perSecond,
                reader.number("rate-limit.burst", 1, LimitSettings.MAX_COUNT, Math.max(1, perSecond)),
                basicAuth(reader.in("basic-auth")));
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
}
