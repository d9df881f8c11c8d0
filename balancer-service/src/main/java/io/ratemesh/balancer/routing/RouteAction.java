package io.ratemesh.balancer.routing;

import io.ratemesh.balancer.cache.RouteCaching;
import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.proxy.RouteChanges;
import io.ratemesh.node.settings.RouteSettings;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happens with the requests of a route. */
public sealed interface RouteAction {

    /** Whether a file of the UI goes before it: routes for a path alone do not hide the UI. */
    boolean yieldsToAssets();

    /**
     * The request goes to a pool.
     *
     * @param changes of requests and responses; null for none
     * @param caching what it has to do with caches; null for nothing
     */
    record Forward(
            Proxy proxy,
            @Nullable RouteChanges changes,
            @Nullable RouteCaching caching,
            boolean yieldsToAssets) implements RouteAction {}

    /** Another action, for those who may use the route. */
    record Guarded(RouteAccess access, RouteAction action) implements RouteAction {

        @Override
        public boolean yieldsToAssets() {
            return false;
        }
    }

    /** The balancer itself responds. */
    non-sealed interface Respond extends RouteAction {

        @Override
        default boolean yieldsToAssets() {
            return false;
        }

        /** Responds to a request, and returns the number of body bytes. */
        long respond(HttpServerRequest request);
    }

    /**
     * The action of the settings.
     *
     * @param access who may use it; null for everyone
     * @param caching what it has to do with caches; null for nothing
     * @param proxies finds the proxy of a pool by its name
     */
    static RouteAction of(
            RouteSettings settings,
            @Nullable RouteAccess access,
            @Nullable RouteCaching caching,
            Function<String, Proxy> proxies,
            TrustedProxies trusted) {
        RouteAction action = of(settings, caching, proxies, trusted);
        return access == null ? action : new Guarded(access, action);
    }

    private static RouteAction of(
            RouteSettings settings,
            @Nullable RouteCaching caching,
            Function<String, Proxy> proxies,
            TrustedProxies trusted) {
        if (settings.action() instanceof RouteSettings.Forward forward) {
            boolean plain = forward.isPlain() && settings.responseHeaders().isEmpty();
            return new Forward(
                    proxies.apply(forward.pool()),
                    plain ? null : new RouteChanges(forward, settings.responseHeaders(), trusted),
                    caching,
                    settings.match().isByPathAlone());
        }
        return settings.action() instanceof RouteSettings.Redirect redirect
                ? new RedirectResponse(redirect, settings.responseHeaders(), trusted)
                : new FixedResponse((RouteSettings.Respond) settings.action(), settings.responseHeaders(), trusted);
    }
}
