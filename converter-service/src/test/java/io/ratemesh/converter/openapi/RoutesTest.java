package io.ratemesh.converter.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.converter.openapi.Documents.Operation;
import io.ratemesh.node.http.NodeRoutes;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoutesTest {

    /** Operations that are documented and not built yet; remove them here and in the document when built. */
    private static final List<String> PLANNED = List.of();

    private static TestConverter converter;

    @BeforeAll
    static void start() {
        converter = TestConverter.start();
        converter.publish(TestBooks.example());
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    static Stream<Operation> served() {
        return Documents.operations(Documents.served()).stream();
    }

    static Stream<Operation> plannedOperations() {
        return Documents.operations(Documents.specified()).stream()
                .filter(operation -> PLANNED.contains(operation.toString()));
    }

    @Test
    void planned_operations_are_listed() {
        assertThat(difference()).containsExactlyInAnyOrderElementsOf(PLANNED);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("plannedOperations")
    void planned_operations_are_not_served(Operation operation) {
        HttpResponse<String> response = send(operation.method(), operation.path());

        assertThat(response.statusCode()).isIn(404, 405);
        assertThat(new JsonObject(response.body()).getString("code")).isIn("not-found", "method-not-allowed");
    }

    @ParameterizedTest
    @MethodSource("served")
    void every_operation_of_the_document_is_served(Operation operation) {
        if (operation.path().equals("/api/v1/stream")) {
            assertThat(send("HEAD", operation.path()).statusCode()).isEqualTo(200);
            return;
        }

        assertThat(send(operation.method(), operation.path()).statusCode()).isNotIn(404, 405, 500);
    }

    @ParameterizedTest
    @MethodSource("served")
    void a_method_that_is_not_in_the_document_is_rejected(Operation operation) {
        assertThat(send("PATCH", operation.path()).statusCode()).isEqualTo(405);
    }

    @Test
    void the_routes_of_every_node_are_in_the_document() {
        Router router = Router.router(converter.node().vertx());
        NodeRoutes.health(router, converter.node().health());
        NodeRoutes.metrics(router, converter.node().meters());

        assertThat(router.getRoutes().stream().map(Route::getPath))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(served().map(Operation::path)).contains(path));
    }

    private static Set<String> difference() {
        Set<String> served = Documents.operations(Documents.served()).stream()
                .flatMap(operation -> names(Documents.served(), operation))
                .collect(Collectors.toSet());
        return Documents.operations(Documents.specified()).stream()
                .flatMap(operation -> {
                    boolean planned = !served.contains(operation.toString());
                    return planned ? Stream.of(operation.toString()) : names(Documents.specified(), operation);
                })
                .filter(name -> !served.contains(name))
                .collect(Collectors.toSet());
    }

    private static Stream<String> names(ApiDocument document, Operation operation) {
        return Stream.concat(
                Stream.of(operation.toString()),
                document.parameters(operation.body()).stream()
                        .map(parameter -> parameter.getString("name") + " of " + operation));
    }

    private static HttpResponse<String> send(String method, String path) {
        String filled = path.replace("{from}..{to}", "2020-01-01..2020-01-31")
                .replace("{date}", "2020-01-02")
                .replace("{from}", "USD")
                .replace("{to}", "JPY");
        return converter.send(
                method, filled, method.equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
    }
}
