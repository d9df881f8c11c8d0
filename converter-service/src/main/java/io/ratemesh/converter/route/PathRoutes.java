package io.ratemesh.converter.route;

import io.ratemesh.converter.http.Parameters;
import io.ratemesh.converter.route.RouteHandler.Resource;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** The routes of one path, by method. */
public final class PathRoutes {

    private final Route get;
    private final @Nullable Route page;
    private final @Nullable Route post;
    private final Route options;
    private final Route notAllowed;

    private PathRoutes(Route get, @Nullable Route page, @Nullable Route post) {
        Methods methods = post == null ? Methods.GET : Methods.GET_AND_POST;
        Resource preflight = request -> methods.options();
        this.get = get;
        this.page = page;
        this.post = post;
        this.options = new Route(get.endpoint(), MediaTypes.UNCHECKED, Parameters.UNCHECKED, get.errors(), preflight);
        this.notAllowed = Route.rejecting(get.endpoint(), get.errors(), methods.notAllowed());
    }

    /** A path that supports GET, HEAD and OPTIONS. */
    public static PathRoutes of(Route get) {
        return new PathRoutes(get, null, null);
    }

    /**
     * A path that supports POST as well.
     *
     * @param page for a GET that prefers its media type by name; a wildcard never selects it
     */
    public static PathRoutes of(Route get, Route page, Route post) {
        return new PathRoutes(get, page, post);
    }

    Route find(HttpMethod method, String accept) {
        if (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method)) {
            return page != null && page.mediaTypes().isPreferredByName(accept, get.mediaTypes()) ? page : get;
        }
        if (HttpMethod.OPTIONS.equals(method)) {
            return options;
        }
        return post != null && HttpMethod.POST.equals(method) ? post : notAllowed;
    }
}
