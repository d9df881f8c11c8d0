package io.ratemesh.converter.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.EventStream;
import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.converter.openapi.Documents.Operation;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses to the examples conform to the document. */
class ResponsesTest {

    private static final Pattern BATCH =
            Pattern.compile("^curl .* -d '([^']*)' 'http://localhost:8080([^']*)'", Pattern.MULTILINE);

    private static final Pattern CURL = Pattern.compile("^curl .*'http://localhost:8080([^']*)'", Pattern.MULTILINE);

    private static final ApiDocument DOCUMENT = Documents.served();
    private static final Schemas SCHEMAS = new Schemas(DOCUMENT);

    private static TestConverter converter;

    @BeforeAll
    static void start() {
        converter = TestConverter.start();
        converter.publish(TestBooks.example().ecb("IDR", "20442.08").ecb("CHF", "0.93"));
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    static Stream<Target> examples() {
        return Documents.operations(DOCUMENT).stream()
                .filter(operation ->
                        operation.method().equals("GET") && !operation.path().equals("/api/v1/stream"))
                .flatMap(operation -> targets(operation).stream().map(target -> new Target(operation, target)));
    }

    static Stream<Target> curls() throws IOException {
        Matcher lines = CURL.matcher(Files.readString(Path.of("../docs/api.md")));
        return lines.results()
                .filter(line -> !line.group().contains(" -d "))
                .map(line -> line.group(1))
                .map(target -> new Target(operationOf(target), target));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_examples_of_the_document_work(Target target) {
        HttpResponse<String> response = converter.get(target.target());

        assertThat(response.statusCode()).as(response.body()).isIn(200, 308);
        check(target.operation(), response);
    }

    @ParameterizedTest
    @MethodSource("curls")
    void the_commands_of_the_guide_work(Target target) {
        if (target.target().startsWith("/api/v1/stream")) {
            stream(target.target());
            return;
        }

        HttpResponse<String> response = converter.get(target.target());

        assertThat(response.statusCode())
                .as(response.body())
                .isEqualTo(target.target().contains("1,5") ? 400 : 200);
        check(target.operation(), response);
    }

    @Test
    void the_batches_of_the_document_and_of_the_guide_work() throws IOException {
        Operation batch = operationOf("POST", "/api/v1/convert");
        JsonObject example = DOCUMENT.resolved(batch.body().getJsonObject("requestBody"))
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("example");
        List<String> bodies = new ArrayList<>(List.of(example.encode()));
        BATCH.matcher(Files.readString(Path.of("../docs/api.md"))).results().forEach(line -> bodies.add(line.group(1)));

        assertThat(bodies).hasSizeGreaterThan(1);
        for (String body : bodies) {
            SCHEMAS.check("Batch", new JsonObject(body));
            HttpResponse<String> response = post(body, "application/json");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            check(batch, response);
        }
        check(batch, post("{}", "application/json"));
        check(batch, post("{}", "text/plain"));
        check(batch, post(" ".repeat(300_000), "application/json"));
    }

    private static HttpResponse<String> post(String body, String type) {
        return converter.send(
                "POST", "/api/v1/convert", HttpRequest.BodyPublishers.ofString(body), "Content-Type", type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/history/EUR/USD?range=2Y",
                "/api/v1/history/EUR/ZZZ",
                "/api/v1/history/EUR/XAU",
                "/api/v1/rates/EUR/USD?date=1998-01-01",
                "/api/v1/convert?from=EUR&to=USD&amount=-1",
                "/api/v1/convert?from=EUR&to=ZZZ&amount=1",
                "/api/v1/convert?from=EUR&to=RUB&amount=1",
                "/api/v1/rates?base=XXA",
                "/api/v1/rates/EUR/RUB",
                "/api/v1/rates/EUR/U",
                "/v1/latest?symbols=ZZZ",
                "/v1/latest?amount=0",
                "/v1/2022-02-30",
                "/v1/1998-12-31..1999-01-03",
                "/api/v1/status?x=1",
                "/api/?x=1",
                "/api?x=1"
            })
    void errors_conform_to_the_document(String target) {
        HttpResponse<String> response = converter.get(target);

        assertThat(response.statusCode()).isBetween(400, 499);
        check(operationOf(target), response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/convert?from=EUR&to=USD&amount=1",
                "/api/v1/rates",
                "/api/",
                "/api/v1/openapi.json",
                "/v1/latest"
            })
    void responses_to_conditional_requests_conform_to_the_document(String target) {
        String tag = converter.get(target).headers().firstValue("etag").orElseThrow();

        HttpResponse<String> response = converter.get(target, "If-None-Match", tag);

        assertThat(response.statusCode()).isEqualTo(304);
        check(operationOf(target), response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/convert", "/api/v1/stream", "/api/", "/v1/currencies"})
    void responses_to_other_methods_and_types_conform_to_the_document(String path) {
        check(operationOf(path), converter.request("DELETE", path));
        check(operationOf(path), converter.get(path, "Accept", "image/png"));
    }

    @Test
    void responses_without_a_book_conform_to_the_document() {
        try (TestConverter empty = TestConverter.start()) {
            for (String target : List.of(
                    "/api/v1/convert?from=EUR&to=USD&amount=1",
                    "/api/v1/stream",
                    "/api/v1/status",
                    "/health/ready",
                    "/health/live")) {
                HttpResponse<String> response = empty.get(target);

                check(operationOf(target), response);
            }
        }
    }

    @Test
    void the_stream_conforms_to_the_document() {
        stream("/api/v1/stream");
    }

    private static void stream(String target) {
        String query = target.contains("?") ? target.substring(target.indexOf('?')) : "";
        try (EventStream stream = EventStream.open(converter, query, "Last-Event-ID", "1")) {
            assertThat(stream.response().statusCode()).isEqualTo(200);
            checkHeaders(operationOf(target).body().getJsonObject("responses").getJsonObject("200"), stream.response());
            assertThat(stream.nextEvent()).isEqualTo("retry: 2000");
            SCHEMAS.check("StreamResync", data(stream.nextEvent(), "resync"));
            SCHEMAS.check("StreamRates", data(stream.nextEvent(), "snapshot"));
            converter.publish(
                    TestBooks.example().ecb("USD", "1.2").ecb("IDR", "20442.08").ecb("CHF", "0.93"));
            SCHEMAS.check("StreamRates", data(stream.nextEvent(), "rates"));
            converter.publish(TestBooks.example().ecb("IDR", "20442.08").ecb("CHF", "0.93"));
        }
    }

    private static JsonObject data(String event, String name) {
        assertThat(event).contains("event: " + name + '\n');
        return new JsonObject(event.substring(event.indexOf("data: ") + "data: ".length()));
    }

    /** Checks status, header fields, media type and body of a response against the document. */
    private static void check(Operation operation, HttpResponse<String> response) {
        JsonObject written = operation.body().getJsonObject("responses").getJsonObject("" + response.statusCode());
        assertThat(written)
                .as("%s has no response %d", operation, response.statusCode())
                .isNotNull();
        JsonObject documented = DOCUMENT.resolved(written);
        checkHeaders(documented, response);
        JsonObject contents = documented.getJsonObject("content");
        if (contents == null) {
            assertThat(response.body()).isEmpty();
            return;
        }
        String type =
                response.headers().firstValue("content-type").orElseThrow().replaceAll(";.*", "");
        assertThat(contents.fieldNames()).contains(type);
        if (type.endsWith("/json") || type.endsWith("+json")) {
            SCHEMAS.check(contents.getJsonObject(type).getJsonObject("schema"), new JsonObject(response.body()));
        }
    }

    private static void checkHeaders(JsonObject documented, HttpResponse<?> response) {
        for (Map.Entry<String, Object> field : documented.getJsonObject("headers", new JsonObject())) {
            JsonObject header = DOCUMENT.resolved((JsonObject) field.getValue());
            String value = response.headers().firstValue(field.getKey()).orElse(null);
            assertThat(value).as("%s of %s", field.getKey(), response).isNotNull();
            SCHEMAS.check(header.getJsonObject("schema"), value);
        }
    }

    /** With the required parameters, with each optional one, and with all of them. */
    private static List<String> targets(Operation operation) {
        List<JsonObject> parameters = DOCUMENT.parameters(operation.body());
        String path = operation.path();
        List<String> required = new ArrayList<>();
        List<String> optional = new ArrayList<>();
        for (JsonObject parameter : parameters) {
            String name = parameter.getString("name");
            if ("path".equals(parameter.getString("in"))) {
                path = path.replace('{' + name + '}', example(parameter));
            } else if ("query".equals(parameter.getString("in")) && parameter.containsKey("example")) {
                (parameter.getBoolean("required", false) ? required : optional)
                        .add(name + '=' + URLEncoder.encode(example(parameter), StandardCharsets.UTF_8));
            }
        }
        List<String> targets = new ArrayList<>(List.of(target(path, required, List.of())));
        for (String one : optional) {
            targets.add(target(path, required, List.of(one)));
        }
        targets.add(target(path, required, optional));
        return targets.stream().distinct().toList();
    }

    private static String target(String path, List<String> required, List<String> optional) {
        String query = String.join(
                "&", Stream.concat(required.stream(), optional.stream()).toList());
        return query.isEmpty() ? path : path + '?' + query;
    }

    private static String example(JsonObject parameter) {
        return parameter.getValue("example") instanceof io.vertx.core.json.JsonArray items
                ? String.join(",", items.stream().map(String::valueOf).toList())
                : parameter.getString("example");
    }

    private static Operation operationOf(String target) {
        String path = target.replaceAll("\\?.*", "")
                .replaceAll("^/api/v1/(rates|history)/[^/]+/[^/]+$", "/api/v1/$1/{from}/{to}")
                .replaceAll("^/v1/[0-9-]+\\.\\.[0-9-]*$", "/v1/{from}..{to}")
                .replaceAll("^/v1/[0-9-]+$", "/v1/{date}");
        return operationOf("GET", path);
    }

    private static Operation operationOf(String method, String path) {
        return Documents.operations(DOCUMENT).stream()
                .filter(operation ->
                        operation.path().equals(path) && operation.method().equals(method))
                .findAny()
                .orElseThrow(() -> new AssertionError(path + " is not in the document"));
    }

    record Target(Operation operation, String target) {
        @Override
        public String toString() {
            return target;
        }
    }
}
