package io.ratemesh.balancer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Lets in who has an account (RFC 7617). All passwords are compared each time, so that no time tells who is known. */
final class Login implements Handler<RoutingContext> {

    private static final String SCHEME = "Basic ";
    private static final String CHALLENGE = "Basic realm=\"Ratemesh\", charset=\"UTF-8\"";
    private static final int MOST_CREDENTIALS = 1024;

    private record Credentials(String user, String password) {}

    private final List<Account> accounts;
    private final LongSupplier nanos;
    private final FailedLogins failures = new FailedLogins();

    Login(List<Account> accounts, LongSupplier nanos) {
        this.accounts = List.copyOf(accounts);
        this.nanos = nanos;
    }

    @Override
    public void handle(RoutingContext ask) {
        String address = address(ask);
        Duration refused = failures.refused(address, nanos.getAsLong());
        if (!refused.isZero()) {
            ask.response().putHeader("Retry-After", Long.toString(refused.toSeconds() + 1));
            StatsProblem.TOO_MANY_FAILED_LOGINS.send(ask, "This address gave too many wrong passwords.");
            return;
        }
        String header = ask.request().getHeader("Authorization");
        if (header == null) {
            challenge(ask);
            return;
        }
        Optional<Account> account = credentials(header).flatMap(this::account);
        if (account.isEmpty()) {
            failures.failed(address, nanos.getAsLong());
            challenge(ask);
            return;
        }
        new AuthenticatedUser(account.get().user(), account.get().role(), address).keep(ask);
        ask.next();
    }

    private static void challenge(RoutingContext ask) {
        ask.response().putHeader("WWW-Authenticate", CHALLENGE);
        StatsProblem.UNAUTHORIZED.send(ask, "A user and a password are needed.");
    }

    private Optional<Account> account(Credentials given) {
        Optional<Account> found = Optional.empty();
        for (Account account : accounts) {
            boolean right = account.password().matches(given.password());
            if (right && account.user().equals(given.user())) {
                found = Optional.of(account);
            }
        }
        return found;
    }

    private static Optional<Credentials> credentials(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || header.length() > MOST_CREDENTIALS) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()), UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String address(RoutingContext ask) {
        String address = IpAddresses.text(ask.request().remoteAddress());
        return address == null ? "" : address;
    }
}
