package io.ratemesh.launcher.migration.draft;

import java.util.EnumSet;
import java.util.Set;

/** Settings that an import uses where the balancer has them. Lines that need another one stay comments. */
public enum Capability {
    ROUTE_HOST,
    ROUTE_EXACT,
    ROUTE_METHODS,
    ROUTE_HEADERS,
    ROUTE_STRIP_PREFIX,
    ROUTE_REDIRECT,
    ROUTE_RESPOND,
    ROUTE_REQUEST_HEADERS,
    ROUTE_RESPONSE_HEADERS,
    POOL_TLS,
    POOL_HTTP_VERSION,
    POOL_AFFINITY,
    CHECK_METHOD,
    CHECK_HOST,
    CHECK_BODY,
    UNIX_SOCKETS,
    COMPRESSION;

    /** What the balancer of this build has. */
    public static final Set<Capability> OF_THIS_BUILD = Set.copyOf(EnumSet.allOf(Capability.class));
}
