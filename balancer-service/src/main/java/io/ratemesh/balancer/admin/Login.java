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

/** HTTP Basic authentication (RFC 7617). Compares all passwords each time, so that the time taken does not reveal which users exist. */
final class Login implements Handler<RoutingContext> {

    private static final String SCHEME = "Basic ";
    private static final String CHALLENGE = "Basic realm=\"Ratemesh\", charset=\"UTF-8\"";
    private static final int MAX_HEADER_LENGTH = 1024;

    private record Credentials(String user, String password) {}

    private final List<Account> accounts;
    private final LongSupplier nanos;
    private final FailedLogins failures = new FailedLogins();

    Login(List<Account> accounts, LongSupplier nanos) {
        this.accounts = List.copyOf(accounts);
        this.nanos = nanos;
    }

    @Override
    public void handle(RoutingContext context) {
        String address = address(context);
        Duration blocked = failures.blockedFor(address, nanos.getAsLong());
        if (!blocked.isZero()) {
            context.response().putHeader("Retry-After", Long.toString(blocked.toSeconds() + 1));
            StatsProblem.TOO_MANY_FAILED_LOGINS.send(
                    context, "Too many failed logins from this address; try again later.");
            return;
        }
        String header = context.request().getHeader("Authorization");
        if (header == null) {
            challenge(context);
            return;
        }
        Optional<Account> account = credentials(header).flatMap(this::account);
        if (account.isEmpty()) {
            failures.add(address, nanos.getAsLong());
            challenge(context);
            return;
        }
        new AuthenticatedUser(account.get().user(), account.get().role(), address).putInto(context);
        context.next();
    }

    private static void challenge(RoutingContext context) {
        context.response().putHeader("WWW-Authenticate", CHALLENGE);
        StatsProblem.UNAUTHORIZED.send(context, "A valid user and password are required.");
    }

    private Optional<Account> account(Credentials given) {
        Optional<Account> found = Optional.empty();
        for (Account account : accounts) {
            boolean matches = account.password().matches(given.password());
            if (matches && account.user().equals(given.user())) {
                found = Optional.of(account);
            }
        }
        return found;
    }

    private static Optional<Credentials> credentials(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || header.length() > MAX_HEADER_LENGTH) {
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

    private static String address(RoutingContext context) {
        String address = IpAddresses.text(context.request().remoteAddress());
        return address == null ? "" : address;
    }
}
