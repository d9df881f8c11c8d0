package io.ratemesh.balancer.assets;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.assets.PageHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A page that says no more than a status, for people. */
final class StatusPage {

    private StatusPage() {}

    /** Sends it, but to HEAD its length alone; returns the bytes of the body. */
    static long send(HttpServerRequest request, int status, String title) {
        Buffer page = Buffer.buffer(("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title
                        + "</title><h1>" + title + "</h1><p><a href=\"/\">Ratemesh</a></p></html>\n")
                .getBytes(UTF_8));
        HttpServerResponse response = request.response();
        response.setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
        PageHeaders.page().forEach(response::putHeader);
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.putHeader(HttpHeaders.DATE, HttpDate.now());
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(page.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
            return 0;
        }
        response.end(page);
        return page.length();
    }
}
