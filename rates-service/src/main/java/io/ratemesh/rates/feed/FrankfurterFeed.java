package io.ratemesh.rates.feed;

import io.ratemesh.model.TargetCalendar;
import io.ratemesh.node.settings.FeedSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * frankfurter.dev: the European Central Bank's rates as JSON, no key. Reads both versions: version 1 is a table of one day,
 * version 2 a list of pairs with a date each. Version 2 mixes providers by default, so its address needs
 * {@code ?providers=ECB}.
 *
 * @param uri the address of the newest rates, of either version
 * @param poll the interval
 */
public record FrankfurterFeed(URI uri, Duration poll) implements HttpFeed {

    /** Its name in the settings. */
    public static final String NAME = "frankfurter";

    private static final URI LATEST = URI.create("https://api.frankfurter.dev/v1/latest");
    private static final Duration DEFAULT_POLL = Duration.ofMinutes(30);

    @Override
    public String name() {
        return NAME;
    }

    /** The rates are those of the European Central Bank. */
    @Override
    public String origin() {
        return EcbFeed.NAME;
    }

    @Override
    public FeedResponse read(byte[] body) throws UnreadableResponseException {
        JsonValue json = JsonValue.read(body);
        return json instanceof JsonValue.Items pairs ? pairs(pairs.values()) : table(json);
    }

    /** Only working days count, as for the ECB. */
    @Override
    public Instant staleAt(Instant observedAt, Duration staleAfter) {
        return TargetCalendar.plusWorkingTime(observedAt, staleAfter);
    }

    private static FeedResponse table(JsonValue json) throws UnreadableResponseException {
        if (json.find("rates").isEmpty() && json.find("message").isPresent()) {
            throw new UnreadableResponseException("the provider reports an error");
        }
        Optional<JsonValue> amount = json.find("amount");
        if (amount.isPresent()
                && amount.get().rate().filter(FrankfurterFeed::isOne).isEmpty()) {
            throw new UnreadableResponseException("rates for another amount than 1");
        }
        return EuroRates.toResponse(
                json.text("base"), json.fields("rates"), TargetCalendar.publication(json.date("date")));
    }

    private static boolean isOne(BigDecimal amount) {
        return amount.compareTo(BigDecimal.ONE) == 0;
    }

    /** Groups the pairs by date and base: only rates of one date and base can be converted to the euro. */
    private static FeedResponse pairs(List<JsonValue> pairs) throws UnreadableResponseException {
        Map<Table, Map<String, JsonValue>> tables = new LinkedHashMap<>();
        for (JsonValue pair : pairs) {
            JsonValue rate = pair.find("rate").orElse(JsonValue.Word.NULL);
            Map<String, JsonValue> rates = tables.computeIfAbsent(
                    new Table(pair.date("date"), pair.text("base")), ignored -> new LinkedHashMap<>());
            if (rates.putIfAbsent(pair.text("quote"), rate) != null) {
                throw new UnreadableResponseException("a currency with two rates on one day");
            }
        }
        List<FeedQuote> quotes = new ArrayList<>();
        int unreadable = 0;
        for (Map.Entry<Table, Map<String, JsonValue>> table : tables.entrySet()) {
            FeedResponse response = EuroRates.toResponse(
                    table.getKey().base(),
                    table.getValue(),
                    TargetCalendar.publication(table.getKey().date()));
            quotes.addAll(response.quotes());
            unreadable += response.unreadable();
        }
        if (quotes.isEmpty()) {
            throw new UnreadableResponseException("a list without a rate");
        }
        return new FeedResponse(quotes, unreadable);
    }

    private record Table(LocalDate date, String base) {}

    /** Creates the feed. */
    public static final class Provider implements FeedProvider {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Feed create(FeedSettings settings) {
            return new FrankfurterFeed(
                    settings.url().orElse(LATEST), settings.poll().orElse(DEFAULT_POLL));
        }
    }
}
