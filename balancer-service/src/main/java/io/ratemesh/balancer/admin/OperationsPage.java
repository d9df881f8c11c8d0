package io.ratemesh.balancer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.assets.Asset;
import io.ratemesh.assets.AssetCatalog;
import io.ratemesh.assets.PageHeaders;
import io.ratemesh.balancer.stats.html.HtmlValue;
import io.ratemesh.balancer.stats.html.StatsHtml;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /stats}: the operations page. Its script shows live statistics; without JavaScript the browser shows the tables that are written
 * here, and loads them again every few seconds.
 */
final class OperationsPage implements Handler<RoutingContext> {

    /** In the assets; only this handler serves it, because it has to be filled in. */
    static final String ASSET = "/operations/index.html";

    private static final String REFRESH = "<meta http-equiv=\"refresh\" content=\"5; url=/stats\">";
    private static final Map<String, String> OUTCOMES = Map.of(
            "DONE", "The servers were changed.",
            "NONE", "No server was selected.",
            "PART", "Some servers are unknown; the others were changed.",
            "ERRP", "The pool, the action or all servers are unknown; nothing was changed.",
            "EXCD", "Too many servers were selected; nothing was changed.",
            "UNKN", "The form is invalid; nothing was changed.");

    private final String template;
    private final Supplier<JsonObject> stats;
    private final CsrfTokens tokens;

    /**
     * Creates the handler of requests that are authenticated.
     *
     * @param stats as in {@code /stats.json}
     */
    OperationsPage(AssetCatalog catalog, Supplier<JsonObject> stats, CsrfTokens tokens) {
        Asset page = catalog.find(ASSET).orElseThrow(() -> new IllegalStateException(ASSET + " is not in the jar"));
        this.template = new String(page.identity().body(), UTF_8);
        this.stats = stats;
        this.tokens = tokens;
    }

    @Override
    public void handle(RoutingContext context) {
        Buffer page = Buffer.buffer(page(context.request().path(), AuthenticatedUser.of(context)));
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(page.length()));
        PageHeaders.page().forEach(response::putHeader);
        // With no-referrer the Origin of a form is null (Fetch, "append a request Origin header"), which is foreign.
        response.putHeader("Referrer-Policy", "same-origin");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(page);
        }
    }

    private String page(String path, AuthenticatedUser user) {
        Optional<String> token =
                user.role() == Account.Role.ADMIN ? Optional.of(tokens.of(user.user())) : Optional.empty();
        return template.replace("{{user}}", HtmlValue.escaped(user.user()))
                .replace("{{role}}", user.role().name().toLowerCase(Locale.ROOT))
                .replace("{{refresh}}", path.contains(";norefresh") ? "" : REFRESH)
                .replace("{{tables}}", outcome(path) + StatsHtml.write(stats.get(), token));
    }

    /** Says what the form did, if this page is the response to it. */
    private static String outcome(String path) {
        int at = path.indexOf(";st=");
        String text = at < 0 ? null : OUTCOMES.get(path.substring(at + ";st=".length()));
        return text == null ? "" : "<p><strong>" + text + "</strong></p>\n";
    }
}
