package io.ratemesh.converter.openapi.build;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the document from YAML, which also has planned parts and sets of header fields. */
public final class DocumentSource {

    private static final String REFERENCE = "$ref";
    private static final String PLANNED = "x-planned";
    private static final String HEADER_SETS = "x-header-sets";

    private final Map<String, Object> written;

    private DocumentSource(Map<String, Object> written) {
        this.written = written;
    }

    /** The whole document, planned parts included. */
    public static JsonObject specified(Path file) throws IOException {
        return new JsonObject(yaml(file));
    }

    /** The document without planned parts and references to them. */
    public static JsonObject served(Path file) throws IOException {
        Map<String, Object> written = yaml(file);
        Map<String, Object> served =
                map(Objects.requireNonNull(new DocumentSource(written).without(written), "everything is planned"));
        map(served.get("components")).remove(HEADER_SETS);
        return new JsonObject(served);
    }

    /** A copy without planned parts; null when all of it is planned. */
    private @Nullable Object without(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(this::without).filter(Objects::nonNull).toList();
        }
        if (!(value instanceof Map<?, ?>)) {
            return value;
        }
        Map<String, Object> object = map(value);
        if (object.get(REFERENCE) instanceof String reference) {
            Map<String, Object> target = at(reference);
            if (target.containsKey(PLANNED)) {
                return null;
            }
            if (reference.contains(HEADER_SETS)) {
                return without(target);
            }
        }
        return object.containsKey(PLANNED) ? null : fields(object);
    }

    private @Nullable Object fields(Map<String, Object> object) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        for (Map.Entry<String, Object> field : object.entrySet()) {
            Object value = field.getValue() == null ? null : without(field.getValue());
            if (value != null || field.getValue() == null) {
                kept.put(field.getKey(), value);
            }
        }
        return kept.isEmpty() && !object.isEmpty() ? null : kept;
    }

    private Map<String, Object> at(String reference) {
        Map<String, Object> found = written;
        for (String name : reference.substring(2).split("/", -1)) {
            found = map(Objects.requireNonNull(found.get(name), "nothing at " + reference));
        }
        return found;
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
        return map(new Load(settings).loadFromString(Files.readString(file)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value, "an object is missing");
    }
}
