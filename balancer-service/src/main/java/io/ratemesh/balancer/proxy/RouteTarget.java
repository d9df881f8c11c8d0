package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.RequestPaths;
import io.ratemesh.node.settings.RouteSettings;
import io.ratemesh.node.settings.RouteSettings.Rewrite;

/** Changes the target of a request as its route says. */
final class RouteTarget {

    private RouteTarget() {}

    /** Where the path of a target ends: at its query, or its end. */
    static int pathEnd(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target.length() : query;
    }

    /**
     * The target that is sent to the server. The query stays.
     *
     * @param target in origin form with its query, or {@code *}, which does not change
     */
    static String change(String target, RouteSettings.Forward route) {
        if (!target.startsWith("/")) {
            return target;
        }
        String prefix = route.stripPrefix();
        String stripped = !prefix.isEmpty() && RequestPaths.isAtOrBelow(target, prefix)
                ? absolute(target.substring(prefix.length()))
                : target;
        return route.rewrite().map(rewrite -> rewrite(stripped, rewrite)).orElse(stripped);
    }

    private static String rewrite(String target, Rewrite rewrite) {
        int end = pathEnd(target);
        var path = rewrite.pattern().matcher(target.substring(0, end));
        if (!path.matches()) {
            return target;
        }
        String rewritten = path.replaceFirst(rewrite.to());
        String query = target.substring(end);
        // The new path may have a query of its own.
        boolean both = rewritten.indexOf('?') >= 0 && !query.isEmpty();
        return rewritten + (both ? "&" + query.substring(1) : query);
    }

    private static String absolute(String target) {
        return target.startsWith("/") ? target : "/" + target;
    }
}
