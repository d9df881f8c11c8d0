package io.ratemesh.systemtests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.systemtests.http.FrontDoor;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The operators' port of a balancer. */
public final class StatsPort {

    private static final Set<String> SERVING = Set.of("UP", "SLOW_START");

    private final FrontDoor door;
    private final Path passwordFile;

    StatsPort(URI base, Path passwordFile) {
        this.door = new FrontDoor(base);
        this.passwordFile = passwordFile;
    }

    /** Asks as the admin. */
    public HttpResponse<String> get(String path) {
        return get(path, "admin:" + password());
    }

    /** Asks with other credentials. */
    public HttpResponse<String> get(String path, String credentials) {
        String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
        return door.get(path, "Authorization", "Basic " + encoded);
    }

    /** Asks without credentials. */
    public HttpResponse<String> getAsStranger(String path) {
        return door.get(path);
    }

    /** The password that was made at the first start. */
    public String password() {
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path passwordFile() {
        return passwordFile;
    }

    /** The nodes that the balancer sees. */
    public List<JsonObject> nodes() {
        return objects(json(), "nodes");
    }

    /** The servers of the pool of converters. */
    public List<JsonObject> converters() {
        return objects(json(), "pools").stream()
                .filter(pool -> "converters".equals(pool.getString("name")))
                .flatMap(pool -> objects(pool, "servers").stream())
                .toList();
    }

    /** The state a node announces. */
    public Optional<String> nodeState(String id) {
        return state(nodes(), id);
    }

    /** Whether the balancer sends a converter requests, be it less than its share at first. */
    public boolean converterServes(String id) {
        return state(converters(), id).filter(SERVING::contains).isPresent();
    }

    private JsonObject json() {
        HttpResponse<String> answer = get("/stats.json");
        if (answer.statusCode() != 200) {
            throw new AssertionError("/stats.json answered " + answer.statusCode());
        }
        return new JsonObject(answer.body());
    }

    private static Optional<String> state(List<JsonObject> all, String id) {
        return all.stream()
                .filter(one -> id.equals(one.getString("id")))
                .map(one -> one.getString("state"))
                .findFirst();
    }

    private static List<JsonObject> objects(JsonObject parent, String key) {
        return parent.getJsonArray(key).stream().map(JsonObject.class::cast).toList();
    }
}
