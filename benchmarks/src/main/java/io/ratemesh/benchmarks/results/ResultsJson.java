package io.ratemesh.benchmarks.results;

import io.ratemesh.benchmarks.process.MachineFacts;
import io.ratemesh.benchmarks.report.Figure;
import io.ratemesh.benchmarks.report.Goal;
import io.ratemesh.benchmarks.report.Measure;
import io.ratemesh.benchmarks.results.BenchmarkOutcome.Conditions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Results as JSON. JSON has no infinity and no NaN, so a missing bound is absent and so is a value that was not measured. */
final class ResultsJson {

    static final String SCHEMA = "schema";
    static final int VERSION = 1;

    private ResultsJson() {}

    static JsonObject encode(RunResults results) {
        MachineFacts machine = results.machine();
        return new JsonObject()
                .put(SCHEMA, VERSION)
                .put("date", results.date().toString())
                .put("commit", results.commit())
                .put("plan", results.plan())
                .put(
                        "machine",
                        new JsonObject()
                                .put("processor", machine.processor())
                                .put("processors", machine.processors())
                                .put("memoryBytes", machine.memoryBytes())
                                .put("kernel", machine.kernel())
                                .put("jdk", machine.jdk()))
                .put("benchmarks", array(results.benchmarks(), ResultsJson::encode));
    }

    private static JsonObject encode(BenchmarkOutcome outcome) {
        JsonObject json = new JsonObject()
                .put("name", outcome.name())
                .put("options", outcome.options())
                .put("seconds", outcome.conditions().seconds())
                .put("loadBefore", outcome.conditions().loadBefore())
                .put("loadAfter", outcome.conditions().loadAfter())
                .put("contenders", new JsonArray(outcome.contenders()))
                .put("figures", array(outcome.figures(), ResultsJson::encode))
                .put("goals", array(outcome.goals(), ResultsJson::encode))
                .put("lines", new JsonArray(outcome.lines()));
        outcome.error().ifPresent(error -> json.put("error", error));
        return json;
    }

    private static JsonObject encode(Figure figure) {
        return new JsonObject()
                .put("load", figure.load())
                .put("contender", figure.contender())
                .put("measure", name(figure.measure()))
                .put("unit", figure.measure().unit())
                .put("rounds", new JsonArray(figure.rounds()));
    }

    private static JsonObject encode(Goal goal) {
        JsonObject json = new JsonObject().put("text", goal.text());
        putFinite(json, "value", goal.value());
        putFinite(json, "least", goal.least());
        putFinite(json, "most", goal.most());
        return json.put("met", goal.isMet());
    }

    private static void putFinite(JsonObject json, String key, double value) {
        if (Double.isFinite(value)) {
            json.put(key, value);
        }
    }

    /**
     * Decodes results of this version.
     *
     * @throws IllegalArgumentException if a field is missing or invalid
     * @throws ClassCastException if a field is of another type
     */
    static RunResults decode(JsonObject json) {
        JsonObject machine = required(json, "machine", json::getJsonObject);
        return new RunResults(
                Instant.parse(text(json, "date")),
                text(json, "commit"),
                new MachineFacts(
                        text(machine, "processor"),
                        required(machine, "processors", machine::getInteger),
                        required(machine, "memoryBytes", machine::getLong),
                        text(machine, "kernel"),
                        text(machine, "jdk")),
                text(json, "plan"),
                list(json, "benchmarks", ResultsJson::outcome));
    }

    private static BenchmarkOutcome outcome(JsonObject json) {
        return new BenchmarkOutcome(
                text(json, "name"),
                text(json, "options"),
                new Conditions(number(json, "seconds"), number(json, "loadBefore"), number(json, "loadAfter")),
                texts(json, "contenders"),
                list(json, "figures", ResultsJson::figure),
                list(json, "goals", ResultsJson::goal),
                texts(json, "lines"),
                Optional.ofNullable(json.getString("error")));
    }

    private static Figure figure(JsonObject json) {
        List<Double> rounds = required(json, "rounds", json::getJsonArray).stream()
                .map(Number.class::cast)
                .map(Number::doubleValue)
                .toList();
        return new Figure(text(json, "load"), text(json, "contender"), measure(text(json, "measure")), rounds);
    }

    private static Goal goal(JsonObject json) {
        return new Goal(
                text(json, "text"),
                Objects.requireNonNullElse(json.getDouble("value"), Double.NaN),
                Objects.requireNonNullElse(json.getDouble("least"), Double.NEGATIVE_INFINITY),
                Objects.requireNonNullElse(json.getDouble("most"), Double.POSITIVE_INFINITY));
    }

    private static Measure measure(String name) {
        return Arrays.stream(Measure.values())
                .filter(measure -> name(measure).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("measure: " + name + " is unknown"));
    }

    private static String name(Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT);
    }

    private static String text(JsonObject json, String key) {
        return required(json, key, json::getString);
    }

    private static double number(JsonObject json, String key) {
        return required(json, key, json::getDouble);
    }

    private static List<String> texts(JsonObject json, String key) {
        return required(json, key, json::getJsonArray).stream()
                .map(String.class::cast)
                .toList();
    }

    private static <T> List<T> list(JsonObject json, String key, Function<JsonObject, T> decoder) {
        return required(json, key, json::getJsonArray).stream()
                .map(JsonObject.class::cast)
                .map(decoder)
                .toList();
    }

    private static <T> T required(JsonObject json, String key, Function<String, @Nullable T> getter) {
        T value = getter.apply(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing in " + json.fieldNames());
        }
        return value;
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> encoder) {
        return new JsonArray(items.stream().map(encoder).toList());
    }
}
