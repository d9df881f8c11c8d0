package io.ratemesh.launcher.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The main class of a stand-in service. Nodes find each other by files under {@code $RATEMESH_HOME/stand-in}, and each
 * writes there, line by line, who ended when.
 */
public final class StandInNode {

    private final Map<String, String> settings = new HashMap<>();
    private final Path folder = Path.of(System.getenv("RATEMESH_HOME"), "stand-in");
    private final String id;
    private final String role;

    private StandInNode(String... arguments) {
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            String[] pair = arguments[i + 1].split("=", 2);
            settings.put(arguments[i].equals("--config") ? "config" : pair[0], pair[pair.length - 1]);
        }
        id = settings.getOrDefault("node.name", "?");
        role = id.substring(0, id.lastIndexOf('-'));
    }

    /** Starts; {@code STANDIN_FAIL=<id>=<exit code>} in the environment makes that node end at once. */
    public static void main(String[] arguments) throws IOException {
        if (List.of(arguments).contains("--version")) {
            return;
        }
        StandInNode node = new StandInNode(arguments);
        String[] fail = System.getenv().getOrDefault("STANDIN_FAIL", "none=0").split("=", 2);
        if (node.id.equals(fail[0])) {
            System.err.println("converter.port: \"x\" is not a valid port; use a number, says " + node.id);
            System.exit(Integer.parseInt(fail[1]));
        }
        node.start();
    }

    private void start() throws IOException {
        Files.createDirectories(folder);
        int port = number(role.equals("balancer") ? "balancer.http.port" : role + ".port");
        HttpServer http = server(port);
        serve(http, "/health/live", () -> "{}");
        serve(http, "/health/ready", () -> "{}");
        serve(http, "/api/v1/convert", () -> nodes().contains("\"converter\"") ? "{\"result\":\"114.15\"}" : "");
        http.start();
        if (role.equals("balancer")) {
            startStats();
        }
        String json = "{\"id\":\"" + id + "\",\"role\":\"" + role
                + "\",\"state\":\"READY\",\"host\":\"127.0.0.1\",\"port\":"
                + http.getAddress().getPort()
                + ",\"bookVersion\":1783346400000,\"inFlight\":0,\"cpu\":0.03,\"rssBytes\":140000000,\"cluster\":\""
                + settings.get("cluster.name") + "\"}";
        Path draft = Files.writeString(folder.resolve(id + ".draft"), json);
        Files.move(draft, folder.resolve(id + ".json"), StandardCopyOption.ATOMIC_MOVE);
        System.out.println(id + " says hello with " + settings);
        if (!id.equals(System.getenv("STANDIN_STUBBORN"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::leave));
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            while (true) {
                LockSupport.park();
            }
        }));
    }

    private void startStats() throws IOException {
        Path password = Path.of(System.getenv("RATEMESH_HOME"), "admin-password");
        if (!Files.exists(password)) {
            Files.writeString(password, "s3cret\n");
        }
        String expected = "Basic "
                + Base64.getEncoder()
                        .encodeToString(("admin:" + Files.readString(password).strip()).getBytes(UTF_8));
        HttpServer stats = server(number("balancer.stats.port"));
        stats.createContext("/stats.json", exchange -> {
            boolean known = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = (known ? "{\"nodes\":[" + nodes() + "]}" : "").getBytes(UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        if (System.getenv("STANDIN_SCALER") != null) {
            stats.createContext("/admin/scale", this::takeOrder);
        }
        stats.start();
    }

    /** Answers with the status in the environment, and appends an order that is accepted to the file {@code orders}. */
    private void takeOrder(HttpExchange exchange) throws IOException {
        String order = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        int status = Integer.parseInt(System.getenv("STANDIN_SCALER"));
        if (status == 200) {
            Files.writeString(
                    folder.resolve("orders"), order + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        byte[] body = "{\"detail\":\"converters: must be an integer from 1 to 3\"}".getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int number(String setting) {
        return Integer.parseInt(settings.getOrDefault(setting, "0"));
    }

    /** With threads, because a stranger that connects and sends half a line would stop the only one. */
    private static HttpServer server(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        return server;
    }

    private interface Body {
        String get();
    }

    private static void serve(HttpServer server, String path, Body content) {
        server.createContext(path, exchange -> {
            byte[] body = content.get().getBytes(UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 503 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private String nodes() {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> all = files.filter(file -> file.toString().endsWith(".json"))
                    .map(StandInNode::read)
                    .toList();
            return String.join(",", all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "{}";
        }
    }

    private void leave() {
        try {
            Files.deleteIfExists(folder.resolve(id + ".json"));
            Files.writeString(folder.resolve("ended"), id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
