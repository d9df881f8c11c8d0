package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.settings.AffinitySettings;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keeps clients at their servers with a cookie. Its value is a keyed hash of pool and server: it tells nobody which servers there are, a
 * client cannot choose one, and it names the same server on every balancer with the same key. One event loop owns it.
 */
final class AffinityCookies {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    /** Servers whose values are kept: more than a pool has at one time. */
    private static final int MAX_KEPT = 10_000;

    private final String pool;
    private final AffinitySettings.Cookie settings;
    private final SecretKeySpec key;
    private final Map<String, String> values = new HashMap<>();

    AffinityCookies(String pool, AffinitySettings.Cookie settings, String key) {
        this.pool = pool;
        this.settings = settings;
        this.key = new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM);
    }

    /** Whether it has these settings and this key. */
    boolean has(AffinitySettings.Cookie other, String otherKey) {
        return settings.equals(other) && Arrays.equals(key.getEncoded(), otherKey.getBytes(UTF_8));
    }

    /** The value of the client's cookie; null if it sent none. */
    @Nullable
    String valueIn(HttpServerRequest request) {
        Cookie cookie = request.getCookie(settings.name());
        return cookie == null ? null : cookie.getValue();
    }

    /** Whether a value names a server. */
    boolean names(String value, Upstream server) {
        return value.equals(valueOf(server));
    }

    /** Has the client keep the server that responds to it, if it does not already. */
    void keep(HttpServerRequest request, Upstream server, MultiMap responseFields) {
        String value = valueOf(server);
        if (!value.equals(valueIn(request))) {
            responseFields.add(HttpHeaderNames.SET_COOKIE, cookie(value, request.isSSL()));
        }
    }

    private String cookie(String value, boolean overTls) {
        return settings.name() + "=" + value + "; Path=" + settings.path()
                + (settings.maxAge().isZero()
                        ? ""
                        : "; Max-Age=" + settings.maxAge().toSeconds())
                + "; HttpOnly; SameSite=" + settings.sameSite() + (settings.secure() || overTls ? "; Secure" : "");
    }

    private String valueOf(Upstream server) {
        if (values.size() > MAX_KEPT) {
            values.clear();
        }
        return values.computeIfAbsent(server.id(), this::sign);
    }

    private String sign(String server) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal((pool + "/" + server).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
