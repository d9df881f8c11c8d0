package io.ratemesh.converter.api;

import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.http.Query;
import io.ratemesh.converter.series.Grouping;
import io.ratemesh.converter.series.SeriesFormat;
import io.ratemesh.model.Currency;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A series as it was asked for.
 *
 * @param from what is given
 * @param to what is wanted
 * @param format what the path's suffix asks for
 * @param minutes whether the last day's minutes are wanted, and not days
 * @param firstDay of those wanted
 * @param lastDay of those wanted, included
 * @param grouping which days are one point
 * @param fixed whether the last day was named, so that it does not move with the history
 */
record SeriesRequest(
        Currency from,
        Currency to,
        Optional<SeriesFormat> format,
        boolean minutes,
        LocalDate firstDay,
        LocalDate lastDay,
        Grouping grouping,
        boolean fixed) {

    /** What its path begins with. */
    static final String PREFIX = "/api/v1/history/";

    private static final String MINUTES = "1D";
    private static final String EVERYTHING = "max";
    private static final String DEFAULT_RANGE = "1Y";
    private static final Map<String, Period> BACK =
            Map.of("1W", Period.ofWeeks(1), "1M", Period.ofMonths(1), "1Y", Period.ofYears(1), "5Y", Period.ofYears(5));
    private static final String RANGES = "one of 1D, 1W, 1M, 1Y, 5Y, max";
    private static final String CODE_EXPECTED = CurrencyCodes.EXPECTED + ", or with .json, .csv or .ndjson";

    /** Whether a path is one of a pair's series: two segments after the prefix, whatever they say. */
    static boolean at(String path) {
        return PairPath.at(PREFIX, path);
    }

    /**
     * Reads a request: first how everything is spelled, then whether the currencies exist.
     *
     * @throws ProblemException with {@code bad-parameter}, {@code unknown-currency} or {@code no-rates-yet}
     */
    static SeriesRequest read(ResourceRequest ask) {
        Query query = ask.parameters();
        String fromText = CurrencyCodes.spelled("from", PairPath.first(PREFIX, ask.path()));
        String segment = PairPath.second(PREFIX, ask.path());
        int dot = segment.indexOf('.');
        String toText = dot < 0 ? segment : segment.substring(0, dot);
        Optional<SeriesFormat> format = dot < 0 ? Optional.empty() : Optional.of(format(segment, dot));
        CurrencyCodes.spelled("to", toText);
        Optional<String> range = query.optional("range");
        Optional<LocalDate> firstDay =
                query.optional("from").map(text -> DayParameter.named("from", text, ask.today()));
        Optional<LocalDate> lastDay = query.optional("to").map(text -> DayParameter.named("to", text, ask.today()));
        if (range.isPresent() && (firstDay.isPresent() || lastDay.isPresent())) {
            throw bad("range: with from or to (expected: either range, or from and to)");
        }
        Optional<Grouping> grouping = query.optional("group").map(SeriesRequest::grouping);
        String back = range.orElse(DEFAULT_RANGE);
        boolean minutes = MINUTES.equals(back);
        if (minutes && grouping.isPresent()) {
            throw bad("group: with range=1D, whose points are minutes (expected: another range, or no group)");
        }
        LocalDate newest = ask.history().lastDay().orElseThrow();
        boolean days = firstDay.isPresent() || lastDay.isPresent();
        LocalDate last = lastDay.orElse(newest);
        LocalDate first = days ? firstDay.orElse(DayParameter.FIRST) : back(back, newest);
        if (lastDay.isPresent() && first.isAfter(last)) {
            throw bad("from: " + first + " is after " + last + " (expected: from not after to)");
        }
        return new SeriesRequest(
                CurrencyCodes.known("from", fromText),
                CurrencyCodes.known("to", toText),
                format,
                minutes,
                first,
                last,
                grouping.orElse(Grouping.DAY),
                lastDay.isPresent());
    }

    private static LocalDate back(String range, LocalDate newest) {
        if (EVERYTHING.equals(range)) {
            return DayParameter.FIRST;
        }
        Period period = MINUTES.equals(range) ? Period.ofDays(1) : BACK.get(range);
        if (period == null) {
            throw Problem.parameter("range", range, RANGES).refusal();
        }
        return newest.minus(period);
    }

    private static Grouping grouping(String word) {
        List<String> words = Grouping.words();
        return Grouping.of(word)
                .orElseThrow(() -> Problem.parameter("group", word, "one of " + String.join(", ", words))
                        .refusal());
    }

    private static SeriesFormat format(String segment, int dot) {
        return Arrays.stream(SeriesFormat.values())
                .filter(format -> format.suffix().equals(segment.substring(dot)))
                .findFirst()
                .orElseThrow(
                        () -> Problem.parameter("to", segment, CODE_EXPECTED).refusal());
    }

    private static ProblemException bad(String detail) {
        return Problem.of(ProblemCode.BAD_PARAMETER, detail).refusal();
    }
}
