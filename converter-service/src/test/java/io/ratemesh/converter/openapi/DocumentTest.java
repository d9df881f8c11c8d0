package io.ratemesh.converter.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.openapi.Documents.Operation;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentTest {

    private static final Pattern REFERENCE = Pattern.compile("\"\\$ref\":\"([^\"]+)\"");

    static Stream<ApiDocument> documents() {
        return Stream.of(Documents.served(), Documents.specified());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_reference_resolves(ApiDocument document) {
        Matcher references = REFERENCE.matcher(document.root().encode());

        assertThat(references.results().map(found -> found.group(1)).distinct())
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(document.resolved(new JsonObject().put("$ref", reference)))
                        .isNotNull());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_operation_has_a_unique_name_and_a_defined_tag(ApiDocument document) {
        List<Operation> operations = Documents.operations(document);
        List<String> tags = document.root().getJsonArray("tags").stream()
                .map(tag -> ((JsonObject) tag).getString("name"))
                .toList();

        assertThat(operations.stream().map(operation -> operation.body().getString("operationId")))
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("[a-zA-Z]+"));
        assertThat(operations)
                .allSatisfy(operation -> assertThat(tags)
                        .contains(operation.body().getJsonArray("tags").getString(0)));
    }

    @Test
    void the_examples_of_parameters_are_valid() {
        ApiDocument document = Documents.served();
        Schemas schemas = new Schemas(document);
        for (Operation operation : Documents.operations(document)) {
            for (JsonObject parameter : document.parameters(operation.body())) {
                if (parameter.containsKey("example")) {
                    schemas.check(parameter.getJsonObject("schema"), parameter.getValue("example"));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void the_examples_of_responses_and_bodies_conform_to_their_schemas(ApiDocument document) {
        Schemas schemas = new Schemas(document);
        for (Operation operation : Documents.operations(document)) {
            contents(document, operation).forEach(content -> {
                if (content.containsKey("example")) {
                    schemas.check(content.getJsonObject("schema"), content.getValue("example"));
                }
            });
        }
    }

    @Test
    void planned_parts_are_not_served() {
        assertThat(Documents.served().root().encode())
                .doesNotContain("x-planned", "x-header-sets", "too-many-requests", "{converter.")
                .contains("\"maxItems\":200,\"x-expected\":\"up to 200 pairs of ");
    }

    private static Stream<JsonObject> contents(ApiDocument document, Operation operation) {
        Stream<JsonObject> responses = operation.body().getJsonObject("responses").stream()
                .map(response -> document.resolved((JsonObject) response.getValue()));
        return Stream.concat(responses, Stream.of(operation.body().getJsonObject("requestBody", new JsonObject())))
                .flatMap(holder -> holder.getJsonObject("content", new JsonObject()).stream())
                .map(content -> (JsonObject) content.getValue());
    }
}
