package io.ratemesh.balancer.routing;

import io.ratemesh.balancer.http.ProblemDetail;
import io.ratemesh.balancer.http.ProblemResponse;
import io.ratemesh.balancer.http.ProblemResponse.Format;
import io.ratemesh.balancer.listener.ClientNetwork;
import io.ratemesh.balancer.listener.TokenBuckets;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.AccessSettings;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.SettingsException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Who may use a route: by address, by rate, by password, in this order. All event loops share it. */
public final class RouteAccess {

    private static final ProblemDetail FORBIDDEN =
            problem(403, "Forbidden", "This address may not use this resource.", "forbidden");
    private static final ProblemDetail TOO_MANY_REQUESTS = problem(
            429,
            "Too Many Requests",
            "This address sends too many requests. Try again later, as Retry-After says.",
            "too-many-requests");
    private static final ProblemDetail UNAUTHORIZED =
            problem(401, "Unauthorized", "Send the name and the password of a user.", "unauthorized");

    private static final String USERS_FILE = ".basic-auth.users-file";

    /** A refusal; null for none. */
    record Verdict(@Nullable ProblemResponse refusal) {}

    private static final Verdict ADMITTED = new Verdict(null);

    private final AccessSettings settings;
    private final Optional<TokenBuckets> buckets;
    private final Optional<BasicAuthentication> authentication;

    private RouteAccess(AccessSettings settings, Optional<BasicAuthentication> authentication) {
        this.settings = settings;
        this.buckets = settings.requestsPerSecond() > 0
                ? Optional.of(new TokenBuckets(settings.requestsPerSecond(), settings.burst()))
                : Optional.empty();
        this.authentication = authentication;
    }

    /**
     * Reads the file of users, if there is one; not for an event loop.
     *
     * @param route its setting, for messages
     */
    public static RouteAccess of(Vertx vertx, AccessSettings settings, String route) {
        return new RouteAccess(
                settings,
                settings.basicAuth()
                        .map(basic ->
                                new BasicAuthentication(vertx, UserPasswords.read(basic.users(), route + USERS_FILE))));
    }

    /**
     * Reads the file of users, if there is one; not for an event loop.
     *
     * @param route its setting, for messages
     * @throws SettingsException if it cannot be used
     */
    public static void requireUsers(AccessSettings settings, String route) {
        settings.basicAuth().ifPresent(basic -> UserPasswords.read(basic.users(), route + USERS_FILE));
    }

    /** Whether a request is admitted, at once unless its password has to be checked. Never fails. */
    Future<Verdict> judge(HttpServerRequest request, Format format) {
        @Nullable String address = IpAddresses.text(request.remoteAddress());
        @Nullable InetAddress client = address == null ? null : IpAddresses.parse(address);
        if (!mayUse(client)) {
            return refuse(ProblemResponse.of(FORBIDDEN, format));
        }
        long waitNanos = client == null
                ? 0
                : buckets.map(each -> each.take(ClientNetwork.of(client))).orElse(0L);
        if (waitNanos > 0) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(waitNanos) + 1;
            return refuse(ProblemResponse.of(TOO_MANY_REQUESTS, format).withRetryAfter(seconds));
        }
        if (authentication.isEmpty()) {
            return Future.succeededFuture(ADMITTED);
        }
        return authentication
                .get()
                .admits(request)
                .otherwise(false)
                .compose(right -> right
                        ? Future.succeededFuture(ADMITTED)
                        : refuse(challenge(ProblemResponse.of(UNAUTHORIZED, format))));
    }

    private boolean mayUse(@Nullable InetAddress client) {
        if (client == null) {
            return settings.allow().isEmpty() && settings.deny().isEmpty();
        }
        return !AddressRange.anyContains(settings.deny(), client)
                && (settings.allow().isEmpty() || AddressRange.anyContains(settings.allow(), client));
    }

    private ProblemResponse challenge(ProblemResponse response) {
        String realm = settings.basicAuth().orElseThrow().realm();
        return response.with("WWW-Authenticate", "Basic realm=\"" + realm + "\", charset=\"UTF-8\"");
    }

    private static Future<Verdict> refuse(ProblemResponse response) {
        return Future.succeededFuture(new Verdict(response));
    }

    private static ProblemDetail problem(int status, String title, String detail, String code) {
        return new ProblemDetail(status, "about:blank", title, detail, code);
    }
}
