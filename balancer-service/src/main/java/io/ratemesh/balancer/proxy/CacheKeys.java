package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.cache.CacheKey;
import io.ratemesh.balancer.http.TrustedProxies;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the key of a request in a cache: of all that the balancer itself writes for the server, except who the client is. */
final class CacheKeys {

    private static final String X_FORWARDED = "x-forwarded-";
    private static final String X_FORWARDED_FOR = "x-forwarded-for";
    private static final String FORWARDED = "forwarded";
    private static final Pattern CLIENTS = Pattern.compile("(?i)\\b(?:for|by)=[^;,]*");

    private CacheKeys() {}

    /**
     * The key.
     *
     * @param changes of the route; null for none
     * @param copied fields that another server writes into the request
     */
    static CacheKey of(
            HttpServerRequest request, TrustedProxies trusted, @Nullable ChangedRequest changes, List<String> copied) {
        MultiMap proxied = trusted.trusts(request.remoteAddress()) ? request.headers() : null;
        SocketAddress local = request.localAddress();
        StringBuilder variant = new StringBuilder(ForwardedFields.proto(proxied, request.isSSL() ? "https" : "http"))
                .append(' ')
                .append(ForwardedFields.port(proxied, String.valueOf(local == null ? 0 : local.port())));
        if (proxied != null) {
            addForwarded(proxied, variant);
        }
        copied.forEach(name -> variant.append('\n')
                .append(name)
                .append(": ")
                .append(String.join(",", request.headers().getAll(name))));
        if (changes != null) {
            variant.append(changes.writtenFields());
        }
        return new CacheKey(host(request), request.uri(), variant.toString());
    }

    /** The host of a request, with its port, as in a key. */
    static String host(HttpServerRequest request) {
        return String.valueOf(Objects.requireNonNullElse(request.authority(), ""))
                .toLowerCase(Locale.ROOT);
    }

    /** What trusted proxies say goes to the server. */
    private static void addForwarded(MultiMap proxied, StringBuilder variant) {
        for (Map.Entry<String, String> field : proxied) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (name.equals(FORWARDED) || (name.startsWith(X_FORWARDED) && !name.equals(X_FORWARDED_FOR))) {
                variant.append('\n').append(name).append(": ");
                variant.append(CLIENTS.matcher(field.getValue()).replaceAll(""));
            }
        }
    }
}
