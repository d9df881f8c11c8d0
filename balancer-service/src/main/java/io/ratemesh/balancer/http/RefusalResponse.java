package io.ratemesh.balancer.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.ratemesh.assets.PageHeaders;
import java.util.EnumMap;
import java.util.Map;

/** The answer to a refused request, as it goes over the wire: problem JSON (RFC 9457) for programs, else a small page. */
public final class RefusalResponse {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%1$s</title><h1>%1$s</h1><p>%2$s</p></html>
            """;

    /** With {@code message} too, which is all that clients of Frankfurter read. */
    private static final String PROBLEM =
            "{\"type\":\"/api/problems/%1$s\",\"title\":\"%2$s\",\"status\":%3$d,\"detail\":\"%4$s\",\"code\":\"%1$s\","
                    + "\"rule\":\"%5$s\",\"message\":\"%4$s\"}";

    private static final Map<RefusalReason, RefusalResponse> FOR_PROGRAMS = all(true);
    private static final Map<RefusalReason, RefusalResponse> FOR_PEOPLE = all(false);

    private final byte[] head;
    private final byte[] whole;

    private RefusalResponse(RefusalReason reason, boolean forPrograms) {
        String title = HttpResponseStatus.valueOf(reason.status()).reasonPhrase();
        String body = forPrograms
                ? PROBLEM.formatted(reason.code(), title, reason.status(), reason.detail(), reason.rule())
                : PAGE.formatted(title, reason.detail());
        String fields = "HTTP/1.1 " + reason.status() + " " + title + "\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\nCache-Control: no-store\r\n" + special(reason, forPrograms) + "\r\n";
        head = fields.getBytes(US_ASCII);
        whole = (fields + body).getBytes(US_ASCII);
    }

    /** The answer's octets, not to be changed. */
    public static byte[] of(RefusalReason reason, boolean forPrograms, boolean bodiless) {
        RefusalResponse answer = (forPrograms ? FOR_PROGRAMS : FOR_PEOPLE).get(reason);
        if (answer == null) {
            throw new IllegalStateException("no answer for " + reason);
        }
        return bodiless ? answer.head : answer.whole;
    }

    private static String special(RefusalReason reason, boolean forPrograms) {
        StringBuilder fields = new StringBuilder();
        if (reason == RefusalReason.METHOD_NOT_ALLOWED) {
            fields.append("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n");
        }
        if (forPrograms) {
            fields.append("Content-Type: application/problem+json\r\nAccess-Control-Allow-Origin: *\r\n");
        } else {
            fields.append("Content-Type: text/html; charset=utf-8\r\n");
            PageHeaders.page()
                    .forEach((name, value) ->
                            fields.append(name).append(": ").append(value).append("\r\n"));
        }
        return fields.toString();
    }

    private static Map<RefusalReason, RefusalResponse> all(boolean forPrograms) {
        Map<RefusalReason, RefusalResponse> answers = new EnumMap<>(RefusalReason.class);
        for (RefusalReason reason : RefusalReason.values()) {
            answers.put(reason, new RefusalResponse(reason, forPrograms));
        }
        return answers;
    }
}
