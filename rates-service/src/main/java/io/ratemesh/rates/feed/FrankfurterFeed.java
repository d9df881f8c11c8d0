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
 * frankfurter.dev: the European Central Bank's rates as JSON, no key. Both of its shapes are read: version 1, one table of
 * one day, and version 2, a list of pairs with a date each. Version 2 blends providers unless told otherwise, so an
 * address of it needs {@code ?providers=ECB}.
 *
 * @param uri either version's address of the newest rates
 * @param poll how often it is asked
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

    /** It passes on the reference rates of the European Central Bank. */
    @Override
    public String origin() {
        return EcbFeed.NAME;
    }

    @Override
    public FeedResponse read(byte[] body) throws UnreadableResponseException {
        JsonValue json = JsonValue.read(body);
        return json instanceof JsonValue.Items pairs ? pairs(pairs.values()) : table(json);
    }

    /** As the ECB's: only working days count. */
    @Override
    public Instant staleAt(Instant observedAt, Duration staleAfter) {
        return TargetCalendar.plusWorkingTime(observedAt, staleAfter);
    }

    private static FeedResponse table(JsonValue json) throws UnreadableResponseException {
        if (json.find("rates").isEmpty() && json.find("message").isPresent()) {
            throw new UnreadableResponseException("the provider says an error");
        }
        Optional<JsonValue> amount = json.find("amount");
        if (amount.isPresent()
                && amount.get().rate().filter(FrankfurterFeed::isOne).isEmpty()) {
            throw new UnreadableResponseException("rates for another amount than 1");
        }
        return EuroRates.answer(json.text("base"), json.fields("rates"), TargetCalendar.publication(json.date("date")));
    }

    private static boolean isOne(BigDecimal amount) {
        return amount.compareTo(BigDecimal.ONE) == 0;
    }

    /** A table for each date and base, for only those of one date can be turned into the euro by each other. */
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
            FeedResponse answer = EuroRates.answer(
                    table.getKey().base(),
                    table.getValue(),
                    TargetCalendar.publication(table.getKey().date()));
            quotes.addAll(answer.quotes());
            unreadable += answer.unreadable();
        }
        if (quotes.isEmpty()) {
            throw new UnreadableResponseException("a list without a rate");
        }
        return new FeedResponse(quotes, unreadable);
    }

    private record Table(LocalDate date, String base) {}

    /** Makes it. */
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
