package io.ratemesh.converter.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;

/** Validates values against the schemas of a document with an independent validator. */
final class Schemas {

    private final JsonObject definitions;

    Schemas(ApiDocument document) {
        this.definitions = moved(document.root().getJsonObject("components").getJsonObject("schemas"));
    }

    /** Whether a value conforms to a schema. */
    boolean valid(JsonObject schema, Object value) {
        return Boolean.TRUE.equals(judge(schema, value).getValid());
    }

    /** Fails with the errors when a value does not conform to a schema. */
    void check(JsonObject schema, Object value) {
        OutputUnit output = judge(schema, value);
        assertThat(output.getValid())
                .as(() -> Json.encodePrettily(value) + "\n" + output.toJson().encodePrettily())
                .isTrue();
    }

    /** Fails when a value does not conform to a named schema. */
    void check(String name, Object value) {
        check(new JsonObject().put("$ref", "#/components/schemas/" + name), value);
    }

    private OutputUnit judge(JsonObject schema, Object value) {
        JsonSchemaOptions options = new JsonSchemaOptions()
                .setBaseUri("https://ratemesh.test/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        JsonSchema whole = JsonSchema.of(moved(schema).put("$defs", definitions));
        return Validator.create(whole, options).validate(value);
    }

    /** The validator finds definitions only where JSON Schema has them. */
    private static JsonObject moved(JsonObject schema) {
        return new JsonObject(schema.encode().replace("#/components/schemas/", "#/$defs/"));
    }
}
