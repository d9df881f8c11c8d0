package io.ratemesh.balancer.assets;

import io.ratemesh.balancer.http.HttpDate;
import io.ratemesh.balancer.http.ProblemResponse;
import io.vertx.core.http.HttpServerRequest;

/** A small HTML page with a status. */
final class StatusPage {

    private StatusPage() {}

    /** Sends the page, without its body to HEAD; returns the number of body bytes. */
    static long send(HttpServerRequest request, int status, String title) {
        String html = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title + "</title><h1>"
                + title + "</h1><p><a href=\"/\">Ratemesh</a></p></html>\n";
        return ProblemResponse.page(status, html)
                .with("Date", HttpDate.now().toString())
                .send(request);
    }
}
