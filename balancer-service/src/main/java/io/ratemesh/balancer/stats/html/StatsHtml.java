package io.ratemesh.balancer.stats.html;

import static io.ratemesh.balancer.stats.html.HtmlValue.escaped;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statistics as tables in HTML, with HAProxy's form for each pool. */
public final class StatsHtml {

    private static final int SECONDS_END = "2026-07-06T14:00:10".length();

    private final JsonObject stats;
    private final Optional<String> token;
    private final StringBuilder out = new StringBuilder();

    private StatsHtml(JsonObject stats, Optional<String> token) {
        this.stats = stats;
        this.token = token;
    }

    /**
     * Writes the tables.
     *
     * @param stats as in {@code /stats.json}
     * @param token of the user; empty for a user that may only read, who gets no form
     */
    public static String write(JsonObject stats, Optional<String> token) {
        return new StatsHtml(stats, token).write();
    }

    private String write() {
        JsonObject traffic = stats.getJsonObject("traffic", new JsonObject());
        out.append("<p>")
                .append(escaped(stats.getString("node")))
                .append(", build ")
                .append(escaped(stats.getString("build")))
                .append(", up ")
                .append(escaped(stats.getLong("uptimeSeconds")))
                .append(" s, at ")
                .append(escaped(time(stats.getString("at"))))
                .append(". ")
                .append(escaped(traffic.getLong("requestsPerSecond")))
                .append(" requests/s, ")
                .append(escaped(traffic.getLong("inFlight")))
                .append(" in flight, p50 ")
                .append(escaped(traffic.getDouble("p50")))
                .append(" ms, p99 ")
                .append(escaped(traffic.getDouble("p99")))
                .append(" ms.</p>\n");
        warnings();
        objects("pools").forEach(this::pool);
        scaler();
        feeds();
        nodes();
        listeners();
        certificates();
        events();
        return out.toString();
    }

    private void warnings() {
        List<JsonObject> warnings = objects("warnings");
        if (!warnings.isEmpty()) {
            out.append("<ul class=\"warnings\">");
            warnings.forEach(warning -> out.append("<li>")
                    .append(escaped(warning.getString("detail")))
                    .append("</li>"));
            out.append("</ul>\n");
        }
    }

    private void pool(JsonObject pool) {
        String name = pool.getString("name");
        String latency = "tcp".equals(pool.getString("mode")) ? "connectMillis" : "firstByteMillis";
        HtmlTable table = new HtmlTable(name)
                .text("Server", server -> server.getString("id"))
                .html(
                        "State",
                        "",
                        server -> "<span class=\"server-state\" data-state=\""
                                + escaped(server.getString("state")) + "\">" + escaped(word(server.getString("state")))
                                + "</span>");
        if (token.isPresent()) {
            table.html(
                    "Select",
                    "",
                    server -> "<input type=\"checkbox\" name=\"s\" value=\"" + escaped(server.getString("id"))
                            + "\" aria-label=\"" + escaped(server.getString("id")) + "\">");
        }
        table.number("Weight", server -> server.getValue("weight"))
                .number("In flight", server -> server.getValue("inFlight"))
                .number("Requests/s", server -> server.getValue("requestsPerSecond"))
                .number("p50 ms", server -> server.getJsonObject(latency).getValue("p50"))
                .number("p99 ms", server -> server.getJsonObject(latency).getValue("p99"))
                .number("Errors", server -> server.getLong("connectErrors") + server.getLong("responseErrors"))
                .number("Retries", server -> server.getValue("redispatches"))
                .html("Last check", "", server -> check(server.getJsonObject("lastCheck")) + agent(server))
                .number("Ejections", server -> server.getValue("ejections"))
                .text("Since", server -> time(server.getString("lastChangeAt")));
        out.append("<section aria-label=\"Pool ").append(escaped(name)).append("\">");
        token.ifPresent(csrf -> out.append("<form method=\"post\" action=\"/stats\">")
                .append("<input type=\"hidden\" name=\"csrf\" value=\"")
                .append(escaped(csrf))
                .append("\"><input type=\"hidden\" name=\"b\" value=\"")
                .append(escaped(name))
                .append("\">"));
        table.appendTo(out, objects(pool.getJsonArray("servers")));
        if (token.isPresent()) {
            out.append("<p>Selected servers: ");
            action("ready", "Ready");
            action("drain", "Drain");
            action("maint", "Maintenance");
            out.append("</p></form>");
        }
        out.append("</section>\n");
    }

    private void action(String value, String title) {
        out.append("<button name=\"action\" value=\"")
                .append(value)
                .append("\">")
                .append(title)
                .append("</button> ");
    }

    private static String check(@Nullable JsonObject check) {
        if (check == null) {
            return "none";
        }
        String result = escaped(check.getString("status"));
        return check.getBoolean("passed") ? result : result + " <strong>failed</strong>";
    }

    private static String agent(JsonObject server) {
        JsonObject check = server.getJsonObject("agent", new JsonObject()).getJsonObject("lastCheck");
        return check == null ? "" : "; agent: " + escaped(check.getString("detail"));
    }

    private void scaler() {
        JsonObject scaler = stats.getJsonObject("scaler", new JsonObject());
        out.append("<section aria-label=\"Scaler\"><h2>Scaler</h2><p>Mode ")
                .append(escaped(scaler.getString("mode")))
                .append(", ")
                .append(escaped(scaler.getValue("current")))
                .append(" converters, target ")
                .append(escaped(scaler.getValue("desired")))
                .append(": ")
                .append(escaped(scaler.getString("reason")))
                .append("</p></section>\n");
    }

    private void feeds() {
        out.append("<section aria-label=\"Feeds\">");
        new HtmlTable("Feeds")
                .text("Feed", feed -> feed.getString("name"))
                .text("Circuit", feed -> feed.getString("circuit"))
                .text("Last success", feed -> time(feed.getString("lastSuccess")))
                .text("Next poll", feed -> time(feed.getString("nextTry")))
                .number("Currencies", feed -> feed.getValue("currencies"))
                .text("Last error", feed -> feed.getString("lastError"))
                .appendTo(out, objects("feeds"));
        out.append("</section>\n");
    }

    private void nodes() {
        new HtmlTable("Nodes")
                .text("Node", node -> node.getString("id"))
                .text("Role", node -> node.getString("role"))
                .text("State", node -> node.getString("state"))
                .text("Address", node -> node.getString("host") + ":" + node.getInteger("port"))
                .text("Build", node -> node.getString("build"))
                .text("Started", node -> time(node.getString("startedAt")))
                .appendTo(out, objects("nodes"));
    }

    private void listeners() {
        new HtmlTable("Listeners")
                .text("Listener", listener -> listener.getString("name"))
                .text("Mode", listener -> listener.getString("mode"))
                .number("Connections", listener -> listener.getValue("connectionsOpen"))
                .number("Limit", listener -> listener.getValue("connectionsLimit"))
                .number("Requests/s", listener -> listener.getValue("requestsPerSecond"))
                .appendTo(out, objects("listeners"));
    }

    private void certificates() {
        List<JsonObject> certificates = objects("certificates");
        if (!certificates.isEmpty()) {
            new HtmlTable("Certificates")
                    .text("Use", certificate -> certificate.getString("use"))
                    .text("File", certificate -> certificate.getString("file"))
                    .text("Expires", certificate -> time(certificate.getString("notAfter")))
                    .appendTo(out, certificates);
        }
    }

    private void events() {
        new HtmlTable("Events")
                .text("Time", event -> time(event.getString("at")))
                .text("Event", event -> event.getString("type"))
                .text("Subject", event -> event.getString("subject"))
                .text("Detail", event -> event.getString("detail"))
                .appendTo(out, objects("events"));
    }

    /** To the second: {@code 2026-07-06 14:00:10}, UTC. */
    private static @Nullable String time(@Nullable String instant) {
        return instant == null ? null : instant.substring(0, SECONDS_END).replace('T', ' ');
    }

    /** A state for people: {@code SLOW_START} is "Slow start". */
    private static String word(String state) {
        String words = state.toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private List<JsonObject> objects(String field) {
        return objects(stats.getJsonArray(field, new JsonArray()));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }
}
