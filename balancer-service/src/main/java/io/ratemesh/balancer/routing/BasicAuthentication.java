package io.ratemesh.balancer.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Basic authentication (RFC 7617) against the users of a file. A password is hashed on a worker thread; what was right is remembered by a
 * digest of it, so that further requests cost little. All event loops share it.
 */
final class BasicAuthentication {

    private static final int MAX_REMEMBERED = 1024;

    /** Hashing uses the processor: more at once would only delay everything else. */
    private static final int MAX_PENDING = 64;

    private static final int MAX_FIELD = 1024;

    private final Vertx vertx;
    private final UserPasswords users;
    private final AtomicInteger pending = new AtomicInteger();
    private final Map<String, Boolean> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    BasicAuthentication(Vertx vertx, UserPasswords users) {
        this.vertx = vertx;
        this.users = users;
    }

    /** Whether a request has the name and the password of a user; false also while too many are being checked. */
    Future<Boolean> admits(HttpServerRequest request) {
        String field = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (field == null
                || field.length() > MAX_FIELD
                || !field.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return Future.succeededFuture(false);
        }
        String digest = digest(field);
        synchronized (remembered) {
            if (remembered.containsKey(digest)) {
                return Future.succeededFuture(true);
            }
        }
        String[] user = decode(field.substring("basic ".length()).strip());
        if (user == null || pending.incrementAndGet() > MAX_PENDING) {
            if (user != null) {
                pending.decrementAndGet();
            }
            return Future.succeededFuture(false);
        }
        return vertx.executeBlocking(() -> users.matches(user[0], user[1]), false)
                .onComplete(ignored -> pending.decrementAndGet())
                .onSuccess(right -> {
                    if (right) {
                        synchronized (remembered) {
                            remembered.put(digest, true);
                        }
                    }
                });
    }

    private static String @Nullable [] decode(String credentials) {
        try {
            String[] user = new String(Base64.getDecoder().decode(credentials), UTF_8).split(":", 2);
            return user.length == 2 ? user : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String digest(String field) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(field.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
