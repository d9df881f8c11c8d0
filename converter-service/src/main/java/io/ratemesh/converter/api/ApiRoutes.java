package io.ratemesh.converter.api;

import io.ratemesh.converter.book.FeedStatus;
import io.ratemesh.converter.frankfurter.Frankfurter;
import io.ratemesh.converter.history.CurrentHistory;
import io.ratemesh.converter.http.Parameters;
import io.ratemesh.converter.openapi.ApiDocument;
import io.ratemesh.converter.openapi.ApiPages;
import io.ratemesh.converter.openapi.RequestRules;
import io.ratemesh.converter.route.MediaTypes;
import io.ratemesh.converter.route.PathRoutes;
import io.ratemesh.converter.route.RequestMeters.Endpoint;
import io.ratemesh.converter.route.Route;
import io.ratemesh.converter.route.RouteHandler;
import io.ratemesh.converter.route.RouteHandler.Resource;
import io.ratemesh.converter.route.RouteHandler.StreamResource;
import io.ratemesh.converter.route.RouteTable;
import io.ratemesh.converter.stream.StreamHub;
import io.ratemesh.node.lifecycle.Node;
import java.util.HashMap;
import java.util.Map;

/** The list of endpoints. */
public final class ApiRoutes {

    private static final String CONVERT = "/api/v1/convert";
    private static final String PAIR = "/api/v1/rates/{from}/{to}";
    private static final String HISTORY = "/api/v1/history/{from}/{to}";
    private static final MediaTypes HTML = MediaTypes.of("text/html");
    private static final MediaTypes EVENT_STREAM = MediaTypes.of("text/event-stream");

    private final RequestRules rules;
    private final Map<String, PathRoutes> routes = new HashMap<>();

    private ApiRoutes(RequestRules rules) {
        this.rules = rules;
    }

    /** Makes the table of all endpoints. Called on the event loop that serves. */
    public static RouteTable table(Node node, CurrentHistory history, FeedStatus feeds, StreamHub streams) {
        Map<String, Integer> settings = Map.of("converter.stream.max-pairs", streams.maxPairs());
        ApiRoutes api = new ApiRoutes(new RequestRules(ApiDocument.packed(settings)));
        ApiPages pages = new ApiPages(settings);
        Resource document = request -> pages.document();
        Resource page = request -> pages.page();
        Resource redirect = request -> pages.redirect();
        StreamResource stream = (http, request) -> {
            request.rates();
            streams.open(http, request.parameters());
        };
        api.addConversions();
        api.add("/api/v1/rates", Endpoint.RATES, MediaTypes.JSON, new RateTable());
        api.add(PAIR, Endpoint.PAIR, MediaTypes.JSON, new PairRate());
        api.add(HISTORY, Endpoint.HISTORY, HistorySeries.MEDIA_TYPES, new HistorySeries(node.vertx(), history));
        api.add("/api/v1/currencies", Endpoint.CURRENCIES, MediaTypes.JSON, new CurrencyList());
        api.add(
                "/api/v1/status",
                Endpoint.STATUS,
                MediaTypes.JSON,
                new ClusterStatus(history, feeds, node.directory()));
        api.add("/api/v1/stream", Endpoint.STREAM, EVENT_STREAM, stream);
        api.add("/api/v1/openapi.json", Endpoint.DOCUMENT, MediaTypes.JSON, document);
        api.add("/api/", Endpoint.DOCUMENT, HTML, page);
        api.add("/api", Endpoint.DOCUMENT, HTML, redirect);
        api.routes.putAll(new Frankfurter(node.vertx()).routes(pages.document()));
        return new RouteTable(api.routes);
    }

    private void add(String path, Endpoint endpoint, MediaTypes mediaTypes, RouteHandler handler) {
        routes.put(path, PathRoutes.of(new Route(endpoint, mediaTypes, rules.query(path), handler)));
    }

    private void addConversions() {
        Parameters parameters = rules.query(CONVERT);
        routes.put(
                CONVERT,
                PathRoutes.of(
                        new Route(Endpoint.CONVERT, MediaTypes.JSON, parameters, new Conversion()),
                        // The page shows errors in its form, so it checks the parameters itself.
                        new Route(Endpoint.CONVERT, HTML, Parameters.UNCHECKED, new ConversionPageResource(parameters)),
                        new Route(Endpoint.BATCH, MediaTypes.JSON, Parameters.NONE, new BatchConversion(parameters))));
    }
}
