package io.ratemesh.systemtests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.systemtests.http.ApiClient;
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

/** The stats port of a balancer. */
public final class StatsPort {

    private static final Set<String> SERVING = Set.of("UP", "SLOW_START");

    private final URI base;
    private final ApiClient http;
    private final Path passwordFile;

    /** The port of a balancer whose password is in a file. */
    public StatsPort(URI base, Path passwordFile) {
        this.base = base;
        this.http = new ApiClient(base);
        this.passwordFile = passwordFile;
    }

    /** Its origin. */
    public URI uri() {
        return base;
    }

    /** Sends a request as the admin. */
    public HttpResponse<String> get(String path) {
        return get(path, "admin:" + password());
    }

    /** Sends a request with these credentials. */
    public HttpResponse<String> get(String path, String credentials) {
        return http.get(path, "Authorization", basic(credentials));
    }

    /** Sends a command as the admin. */
    public HttpResponse<String> post(String path, String json) {
        return http.post(path, json, "Authorization", basic("admin:" + password()));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    /** Sends a request without credentials. */
    public HttpResponse<String> getWithoutCredentials(String path) {
        return http.get(path);
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

    /** The ids of the converters that the balancer sends requests to, even if fewer during slow start. */
    public List<String> servingConverters() {
        return converters().stream()
                .filter(server -> SERVING.contains(server.getString("state")))
                .map(server -> server.getString("id"))
                .toList();
    }

    /** Whether the balancer sends requests to a converter. */
    public boolean converterServes(String id) {
        return servingConverters().contains(id);
    }

    /** The status of the scaler. */
    public JsonObject scaler() {
        return json().getJsonObject("scaler");
    }

    private JsonObject json() {
        HttpResponse<String> response = get("/stats.json");
        if (response.statusCode() != 200) {
            throw new AssertionError("/stats.json responded " + response.statusCode());
        }
        return new JsonObject(response.body());
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
