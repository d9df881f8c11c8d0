package io.ratemesh.node.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code affinity} of a pool: the requests of a client go to the same server while it is available.
 *
 * @param cookie that the client keeps; empty for none
 * @param header the field whose value decides, by a hash; empty for none
 */
public record AffinitySettings(Optional<Cookie> cookie, Optional<String> header) {

    /** Each request goes to any server. */
    public static final AffinitySettings NONE = new AffinitySettings(Optional.empty(), Optional.empty());

    /**
     * A cookie (RFC 6265).
     *
     * @param name of the cookie
     * @param maxAge how long the client keeps it, up to a year; zero until the browser is closed
     * @param path of the requests with which it is sent
     * @param sameSite {@code Strict}, {@code Lax} or {@code None}
     * @param secure whether it is sent over TLS only; otherwise only where it was set over TLS
     */
    public record Cookie(String name, Duration maxAge, String path, String sameSite, boolean secure) {}

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^;]]{0,500}");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Map<String, String> SAME_SITE = Map.of("strict", "Strict", "lax", "Lax", "none", "None");

    static AffinitySettings read(SettingsReader reader) {
        Optional<String> cookie = reader.optionalText("cookie");
        Optional<String> header = reader.optionalText("header");
        Duration maxAge = reader.duration("max-age", Duration.ZERO, YEAR, Duration.ZERO);
        String path = reader.text("path", "/");
        String sameSite = reader.oneOf("same-site", SAME_SITE, "Lax");
        boolean secure = reader.flag("secure", false);
        if (cookie.filter(name -> !TOKEN.matcher(name).matches()).isPresent()) {
            reader.fault("cookie", "is not a valid name of a cookie", "use a name such as SRV");
        }
        if (header.filter(name -> !TOKEN.matcher(name).matches()).isPresent()) {
            reader.fault("header", "is not a valid field name", "use a name such as X-User");
        }
        if (cookie.isPresent() && header.isPresent()) {
            reader.fault("header", "cannot be combined with cookie", "remove one of them");
        }
        if (!PATH.matcher(path).matches()) {
            reader.fault("path", "is not a valid path", "use a path that begins with /");
        }
        if (sameSite.equals("None") && !secure) {
            reader.fault("same-site", "needs a secure cookie", "set secure: true");
        }
        if (cookie.isEmpty()) {
            reader.withoutEffect();
            header.ifPresent(name -> reader.use("header", name));
        }
        return new AffinitySettings(cookie.map(name -> new Cookie(name, maxAge, path, sameSite, secure)), header);
    }
}
