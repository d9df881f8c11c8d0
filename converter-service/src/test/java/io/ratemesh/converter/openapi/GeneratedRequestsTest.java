package io.ratemesh.converter.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.converter.openapi.Documents.Operation;
import io.ratemesh.model.TargetCalendar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The service rejects exactly the values that a JSON-schema validator rejects by the document. What a schema cannot express is
 * in {@link #beyondSchema}.
 */
class GeneratedRequestsTest {

    private static final long SEED = 20_261_121;
    private static final int MUTANTS = 12;
    /** Without a line feed: the validator uses the $ of Java, which ignores one at the end, unlike ECMA 262. */
    private static final String LETTERS = "aZ09.,-+/ %&=#\u00e9\u0130\u0661\ud83d\ude00\u0000'\"<";

    private static final Map<String, List<String>> SEEDS = Map.of(
            "amount",
            List.of(
                    "0",
                    "1",
                    "250.75",
                    "007",
                    "0".repeat(60) + "1",
                    "0".repeat(64),
                    "0".repeat(65),
                    "9".repeat(30),
                    "9".repeat(31),
                    "1".repeat(30) + "." + "1".repeat(18),
                    "1." + "1".repeat(18),
                    "1." + "1".repeat(19),
                    "1.",
                    ".5",
                    "1e3",
                    "1,5",
                    "-1",
                    "+1",
                    "NaN",
                    "Infinity",
                    "0x1",
                    "\u0661",
                    "1 "),
            "scale",
            List.of("0", "9", "10", "18", "19", "00", "09", "018", "full", "FULL", "ful", "-1", "1.0"),
            "rounding",
            List.of("half-even", "half-up", "half-down", "up", "down", "ceiling", "floor", "UP", "half_even", "none"),
            "date",
            List.of(
                    "2026-04-12",
                    "1999-01-04",
                    "1998-12-31",
                    "2020-02-29",
                    "2021-02-29",
                    "2020-13-01",
                    "2020-1-1",
                    "20200101",
                    "9999-12-31",
                    "2020-01-01T00:00:00Z",
                    "+2020-01-01",
                    "today"),
            "symbols",
            List.of("USD", "usd", "USD,GBP", "USD,USD", "USD,usd", "USD,", ",USD", "USD,,GBP", codes(200), codes(201)),
            "pairs",
            List.of(
                    "EUR/USD",
                    "eur/usd",
                    "EUR/USD,USD/JPY",
                    "EUR/USD,EUR/USD",
                    "EUR/USD,",
                    "EURUSD",
                    "EUR/USD/JPY",
                    "EUR-USD"),
            "code",
            List.of("USD", "usd", "EuR", "US", "USDD", "U$D", "\u0130DR", "U\u017fD", "123"));

    private static final ApiDocument DOCUMENT = Documents.served();
    private static final Schemas SCHEMAS = new Schemas(DOCUMENT);

    private static TestConverter converter;

    @BeforeAll
    static void start() {
        converter = TestConverter.start();
        converter.publish(TestBooks.example());
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    record Case(Operation operation, JsonObject parameter) {
        @Override
        public String toString() {
            return parameter.getString("name") + " of " + operation;
        }
    }

    static Stream<Case> parameters() {
        return Documents.operations(DOCUMENT).stream()
                .flatMap(operation -> DOCUMENT.parameters(operation.body()).stream()
                        .filter(parameter -> !"header".equals(parameter.getString("in")))
                        .map(parameter -> new Case(operation, parameter)));
    }

    /** Frankfurter's endpoints are lenient; FrankfurterTest tests them. */
    static Stream<Case> strictParameters() {
        return parameters()
                .filter(tested ->
                        !tested.operation().body().getJsonArray("tags").contains("Frankfurter"));
    }

    @ParameterizedTest
    @MethodSource("strictParameters")
    void the_service_accepts_exactly_what_the_document_allows(Case tested) {
        int accepted = 0;
        List<String> values = corpus(tested.parameter());
        for (String value : values) {
            boolean valid = SCHEMAS.valid(tested.parameter().getJsonObject("schema"), read(tested.parameter(), value))
                    && !beyondSchema(tested.parameter(), value);
            HttpResponse<String> response = converter.request("HEAD", target(tested, value));
            if (response.statusCode() >= 400) {
                response = converter.get(target(tested, value));
            }
            boolean rejected = response.statusCode() == 400
                    && "bad-parameter".equals(new JsonObject(response.body()).getString("code"));
            assertThat(rejected)
                    .as("%s=\"%s\": %s", tested, value, response.body())
                    .isEqualTo(!valid);
            accepted += valid ? 1 : 0;
        }
        boolean anything =
                tested.parameter().getJsonObject("schema").fieldNames().equals(Set.of("type"));
        assertThat(accepted).isBetween(1, anything ? values.size() : values.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void the_compiled_schemas_accept_exactly_what_the_document_allows(Case tested) {
        JsonObject schema = tested.parameter().getJsonObject("schema");
        for (String value : corpus(tested.parameter())) {
            assertThat(ParameterSchema.compile(schema).test(value))
                    .as("%s=\"%s\"", tested, value)
                    .isEqualTo(SCHEMAS.valid(schema, read(tested.parameter(), value)));
        }
    }

    /**
     * Rules beyond the schemas: no symbol twice in different case, no pair without a rate, no day in the future.
     */
    private static boolean beyondSchema(JsonObject parameter, String value) {
        List<String> items = List.of(value.toUpperCase(Locale.ROOT).split(",", -1));
        return switch (parameter.getString("name")) {
            case "symbols" -> new TreeSet<>(items).size() < items.size();
            case "pairs" ->
                items.stream().anyMatch(pair -> !Set.of("EUR/USD", "USD/JPY").contains(pair));
            default -> isDay(parameter) && isOutside(parameter, value);
        };
    }

    private static boolean isDay(JsonObject parameter) {
        return "date".equals(parameter.getJsonObject("schema").getString("format"));
    }

    /** A single day before the first is valid and has no rate; a range must not begin before the first. */
    private static boolean isOutside(JsonObject parameter, String value) {
        return value.compareTo(LocalDate.now(TargetCalendar.FRANKFURT).toString()) > 0
                || (!parameter.getString("name").equals("date") && value.compareTo("1999-01-04") < 0);
    }

    private static List<String> seeds(JsonObject parameter) {
        if (isDay(parameter)) {
            return SEEDS.getOrDefault("date", List.of());
        }
        String name = parameter.getString("name");
        JsonArray words = parameter.getJsonObject("schema").getJsonArray("enum", new JsonArray());
        return SEEDS.containsKey(name) || words.isEmpty()
                ? SEEDS.getOrDefault(name, SEEDS.getOrDefault("code", List.of()))
                : words.stream().map(String::valueOf).toList();
    }

    /** Values by hand, and each of them with one character added, removed or changed. */
    private static List<String> corpus(JsonObject parameter) {
        Random random = new Random(SEED);
        List<String> corpus = new ArrayList<>(seeds(parameter));
        for (String seed : List.copyOf(corpus)) {
            for (int i = 0; seed.length() < 100 && i < MUTANTS; i++) {
                int at = random.nextInt(seed.length() + 1);
                int skipped = Math.min(seed.length(), at + random.nextInt(2));
                String letter = random.nextInt(4) == 0 ? "" : "" + LETTERS.charAt(random.nextInt(LETTERS.length()));
                corpus.add(seed.substring(0, at) + letter + seed.substring(skipped));
            }
        }
        boolean path = "path".equals(parameter.getString("in"));
        return corpus.stream()
                .filter(value -> !value.isEmpty())
                .filter(value -> value.chars().noneMatch(c -> Character.isSurrogate((char) c)))
                // A path is not decoded, and one with another slash is another path.
                .filter(value -> !path || value.matches("[A-Za-z0-9.,$+-]+"))
                .distinct()
                .toList();
    }

    private static Object read(JsonObject parameter, String value) {
        boolean list = "array".equals(parameter.getJsonObject("schema").getString("type"));
        return list ? new JsonArray(List.of((Object[]) value.split(",", -1))) : value;
    }

    private static String target(Case tested, String value) {
        String path = tested.operation().path();
        StringBuilder query = new StringBuilder();
        for (JsonObject parameter : DOCUMENT.parameters(tested.operation().body())) {
            String name = parameter.getString("name");
            boolean tried = parameter.equals(tested.parameter());
            String given = tried ? value : String.valueOf(parameter.getValue("example"));
            if ("path".equals(parameter.getString("in"))) {
                path = path.replace('{' + name + '}', given);
            } else if (tried || parameter.getBoolean("required", false)) {
                query.append(query.isEmpty() ? '?' : '&').append(name).append('=');
                query.append(URLEncoder.encode(given, StandardCharsets.UTF_8));
            }
        }
        return path + query;
    }

    /** Different codes, which may not be in ISO 4217. */
    private static String codes(int count) {
        return String.join(
                ",",
                IntStream.range(0, count)
                        .mapToObj(i -> "" + (char) ('A' + i / 26) + (char) ('A' + i % 26) + 'Q')
                        .toList());
    }
}
