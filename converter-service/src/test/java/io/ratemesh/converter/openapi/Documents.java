package io.ratemesh.converter.openapi;

import io.ratemesh.converter.openapi.build.DocumentSource;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The documents that the service is tested against. */
final class Documents {

    private static final Path SOURCE = Path.of("src/main/openapi/openapi.yaml");

    private Documents() {}

    /** One operation of a document. */
    record Operation(String method, String path, JsonObject body) {

        @Override
        public String toString() {
            return method + ' ' + path;
        }
    }

    /** What a converter with default settings serves. */
    static ApiDocument served() {
        return ApiDocument.packed(Map.of("converter.stream.max-pairs", 200));
    }

    /** The whole document, planned parts included. */
    static ApiDocument specified() {
        try {
            return new ApiDocument(DocumentSource.specified(SOURCE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every operation in the order of the document. */
    static List<Operation> operations(ApiDocument document) {
        JsonObject paths = document.root().getJsonObject("paths");
        return paths.fieldNames().stream()
                .flatMap(path -> paths.getJsonObject(path).fieldNames().stream()
                        .map(method -> new Operation(
                                method.toUpperCase(Locale.ROOT),
                                path,
                                paths.getJsonObject(path).getJsonObject(method))))
                .toList();
    }
}
