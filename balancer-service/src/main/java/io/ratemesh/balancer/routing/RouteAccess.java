package io.ratemesh.balancer.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.balancer.http.ProblemDetail;
import io.ratemesh.balancer.http.ProblemResponse;
import io.ratemesh.balancer.http.ProblemResponse.Format;
import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.listener.ClientNetwork;
import io.ratemesh.balancer.listener.RequestRateLimit;
import io.ratemesh.balancer.listener.TokenBuckets;
import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.AccessSettings;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.SettingsException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Who may use a route: by address, rate, password, another server, and requests under way, in this order. All event loops share it. */
public final class RouteAccess {

    private static final ProblemDetail FORBIDDEN =
            problem(403, "Forbidden", "This address may not use this resource.", "forbidden");
    private static final ProblemDetail UNAUTHORIZED =
            problem(401, "Unauthorized", "Send the name and the password of a user.", "unauthorized");
    private static final ProblemDetail TOO_MANY_AT_ONCE = problem(
            503, "Unavailable", "Too many requests are under way. Try again later, as Retry-After says.", "too-busy");

    private static final String USERS_FILE = ".basic-auth.users-file";

    /**
     * A response to a request that is not admitted.
     *
     * @param send sends it, and returns the number of body bytes
     */
    record Refusal(int status, ToLongFunction<HttpServerRequest> send) {

        static Refusal of(ProblemResponse response) {
            return new Refusal(response.status(), response::send);
        }
    }

    /**
     * What happens with a request.
     *
     * @param refusal null where it is admitted
     * @param onEnd to run once an admitted request has ended; null for nothing
     */
    record Verdict(@Nullable Refusal refusal, @Nullable Runnable onEnd) {

        static Verdict refused(Refusal refusal) {
            return new Verdict(refusal, null);
        }
    }

    private static final Verdict ADMITTED = new Verdict(null, null);

    private final AccessSettings settings;
    private final Optional<TokenBuckets> buckets;
    private final Optional<RequestsUnderWay> underWay;
    private final Optional<BasicAuthentication> passwords;
    private final Optional<ForwardAuthentication> server;

    private RouteAccess(
            AccessSettings settings, Optional<BasicAuthentication> passwords, Optional<ForwardAuthentication> server) {
        this.settings = settings;
        this.buckets = settings.rate().perSecond() > 0
                ? Optional.of(new TokenBuckets(
                        settings.rate().perSecond(), settings.rate().burst()))
                : Optional.empty();
        this.underWay = Optional.of(settings.concurrency())
                .filter(AccessSettings.Concurrency::isLimited)
                .map(RequestsUnderWay::new);
        this.passwords = passwords;
        this.server = server;
    }

    /**
     * Reads the file of users, if there is one; not for an event loop.
     *
     * @param route its setting, for messages
     */
    public static RouteAccess of(Vertx vertx, AccessSettings settings, TrustedProxies trusted, String route) {
        return new RouteAccess(
                settings,
                settings.basicAuth()
                        .map(basic ->
                                new BasicAuthentication(vertx, UserPasswords.read(basic.users(), route + USERS_FILE))),
                settings.forwardAuth().map(asked -> new ForwardAuthentication(vertx, asked, trusted)));
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

    /** Whether a request is admitted, at once unless its password has to be checked or a server asked. Never fails. */
    Future<Verdict> judge(HttpServerRequest request, Format format) {
        @Nullable String address = IpAddresses.text(request.remoteAddress());
        @Nullable InetAddress client = address == null ? null : IpAddresses.parse(address);
        if (!mayUse(client)) {
            return Future.succeededFuture(Verdict.refused(Refusal.of(ProblemResponse.of(FORBIDDEN, format))));
        }
        long waitNanos = waitNanos(request, client);
        if (waitNanos > 0) {
            return Future.succeededFuture(
                    Verdict.refused(Refusal.of(RequestRateLimit.tooManyRequests(format, waitNanos))));
        }
        return passwordRefusal(request, format)
                .compose(refusal -> refusal.isEmpty() && server.isPresent()
                        ? server.get().ask(request, format)
                        : Future.succeededFuture(refusal))
                .map(refusal -> refusal.map(Verdict::refused).orElseGet(() -> admit(client, format)));
    }

    private boolean mayUse(@Nullable InetAddress client) {
        if (client == null) {
            return settings.allow().isEmpty() && settings.deny().isEmpty();
        }
        return !AddressRange.anyContains(settings.deny(), client)
                && (settings.allow().isEmpty() || AddressRange.anyContains(settings.allow(), client));
    }

    /** How long the client has to wait; 0 where its rate allows the request. */
    private long waitNanos(HttpServerRequest request, @Nullable InetAddress client) {
        if (buckets.isEmpty()) {
            return 0;
        }
        String key = settings.rate().header().map(request::getHeader).orElse(null);
        if (key != null) {
            return buckets.get().take(hash(key));
        }
        return client == null ? 0 : buckets.get().take(ClientNetwork.of(client));
    }

    private Future<Optional<Refusal>> passwordRefusal(HttpServerRequest request, Format format) {
        if (passwords.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        return passwords
                .get()
                .admits(request)
                .otherwise(false)
                .map(right -> right ? Optional.empty() : Optional.of(Refusal.of(challenge(format))));
    }

    private ProblemResponse challenge(Format format) {
        String realm = settings.basicAuth().orElseThrow().realm();
        return ProblemResponse.of(UNAUTHORIZED, format)
                .with("WWW-Authenticate", "Basic realm=\"" + realm + "\", charset=\"UTF-8\"");
    }

    private Verdict admit(@Nullable InetAddress client, Format format) {
        if (underWay.isEmpty()) {
            return ADMITTED;
        }
        Long network = client == null ? null : ClientNetwork.of(client);
        return underWay.get().begin(network)
                ? new Verdict(null, () -> underWay.get().end(network))
                : Verdict.refused(
                        Refusal.of(ProblemResponse.of(TOO_MANY_AT_ONCE, format).withRetryAfter(1)));
    }

    /** A digest of which clients cannot find two equal ones. */
    private static long hash(String key) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static ProblemDetail problem(int status, String title, String detail, String code) {
        return new ProblemDetail(status, "about:blank", title, detail, code);
    }
}
