package io.ratemesh.balancer.upstream;

import io.ratemesh.node.address.IpAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a server has: its own, or all that its name has (RFC 1123 §2.3). Checks and requests use the same one, and go on to the
 * next where it does not take their connection. Any thread may ask.
 */
public final class UpstreamAddresses {

    private record Known(List<InetAddress> all, int current) {}

    private static final Known NONE = new Known(List.of(), 0);

    private final boolean literal;
    private volatile Known known;
    private volatile boolean lookupDone;
    private volatile String resolveError = "";

    UpstreamAddresses(String host) {
        InetAddress address = IpAddresses.parse(host);
        literal = address != null;
        lookupDone = literal;
        known = address == null ? NONE : new Known(List.of(address), 0);
    }

    /** Whether there is no name to resolve. */
    public boolean isLiteral() {
        return literal;
    }

    /** Whether a name that there is was resolved, or could not be. */
    public boolean isLookupDone() {
        return lookupDone;
    }

    /** All of them; the same list until they are others. */
    public List<InetAddress> all() {
        return known.all();
    }

    /** The one that is used; null where there is none. */
    public @Nullable InetAddress current() {
        Known now = known;
        return now.all().isEmpty() ? null : now.all().get(now.current());
    }

    /** The one that is used after another took no connection; that one again where there is no other. */
    public InetAddress failOver(InetAddress failed) {
        synchronized (this) {
            Known now = known;
            if (failed.equals(current())) {
                known = new Known(now.all(), (now.current() + 1) % now.all().size());
            }
            InetAddress next = current();
            return next == null ? failed : next;
        }
    }

    /** Why there are none, or none that are new; empty where nothing is wrong. */
    public String resolveError() {
        return resolveError;
    }

    /** All of them, the one that is used first. */
    List<InetAddress> currentFirst() {
        Known now = known;
        List<InetAddress> all = new ArrayList<>(now.all());
        Collections.rotate(all, -now.current());
        return List.copyOf(all);
    }

    /** Takes over what the name has now; the one that is used stays so if it is one of them. Returns whether they are others. */
    boolean replace(List<InetAddress> all) {
        synchronized (this) {
            lookupDone = true;
            resolveError = "";
            InetAddress before = current();
            if (known.all().equals(all)) {
                return false;
            }
            known = new Known(List.copyOf(all), before == null ? 0 : Math.max(0, all.indexOf(before)));
            return true;
        }
    }

    /** The name could not be resolved; what was known before still holds. */
    void resolveFailed(String why) {
        resolveError = why;
        lookupDone = true;
    }
}
