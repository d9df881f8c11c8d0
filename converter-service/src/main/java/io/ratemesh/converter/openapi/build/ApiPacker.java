package io.ratemesh.converter.openapi.build;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Packs the OpenAPI document and its page at build time. At run time this would add a third to a converter's start. */
public final class ApiPacker {

    private ApiPacker() {}

    /** Runs with two arguments: the folder of the sources and the target folder. */
    public static void main(String... args) throws IOException {
        pack(Path.of(args[0]), Path.of(args[1]));
    }

    static void pack(Path sources, Path target) throws IOException {
        JsonObject document = DocumentSource.served(sources.resolve("openapi.yaml"));
        String style = Files.readString(sources.resolve("page.css"));
        String script = Files.readString(sources.resolve("page.js"));
        Files.createDirectories(target);
        Files.writeString(target.resolve("openapi.json"), document.encode());
        Files.writeString(target.resolve("page.css"), style);
        Files.writeString(target.resolve("page.js"), script);
        Files.writeString(
                target.resolve("page.html"),
                new ReferencePage(document).html(Files.readString(sources.resolve("page.html")), style, script));
    }
}
