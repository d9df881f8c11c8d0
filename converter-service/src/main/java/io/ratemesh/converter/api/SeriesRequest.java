package io.ratemesh.converter.api;

import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.http.Query;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.converter.series.Grouping;
import io.ratemesh.converter.series.SeriesFormat;
import io.ratemesh.model.Currency;
import java.time.LocalDate;
import java.time.Period;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of a series.
 *
 * @param minutes whether it has the minutes of the last day instead of days
 * @param lastDay included
 * @param fixed whether the request names the last day, so that it does not move with the history
 */
record SeriesRequest(
        Currency from,
        Currency to,
        boolean minutes,
        LocalDate firstDay,
        LocalDate lastDay,
        Grouping grouping,
        boolean fixed) {

    private static final String MINUTES = "1D";
    private static final String EVERYTHING = "max";
    private static final String DEFAULT_RANGE = "1Y";
    private static final Map<String, Period> PERIODS = Map.of(
            "1D", Period.ofDays(1),
            "1W", Period.ofWeeks(1),
            "1M", Period.ofMonths(1),
            "1Y", Period.ofYears(1),
            "5Y", Period.ofYears(5));

    /**
     * Reads a request: first the form of all parameters, then whether the currencies exist.
     *
     * @throws ProblemException with {@code bad-parameter}, {@code unknown-currency} or {@code no-rates-yet}
     */
    static SeriesRequest read(ResourceRequest request) {
        Query parameters = request.parameters();
        String fromCode = CurrencyCodes.threeLetters("from", request.segmentBeforeLast());
        String toCode = withoutSuffix(request.lastSegment());
        Optional<String> range = parameters.optional("range");
        Optional<LocalDate> firstDay = day(request, "from");
        Optional<LocalDate> lastDay = day(request, "to");
        boolean days = firstDay.isPresent() || lastDay.isPresent();
        if (range.isPresent() && days) {
            throw bad("range: given with from or to; use either range, or from and to");
        }
        Optional<Grouping> grouping = parameters.optional("group").flatMap(Grouping::of);
        boolean minutes = range.filter(MINUTES::equals).isPresent();
        if (minutes && grouping.isPresent()) {
            throw bad("group: given with range=1D, whose points are minutes; use another range, or no group");
        }
        LocalDate newest = request.history().lastDay().orElseThrow();
        LocalDate last = lastDay.orElse(newest);
        LocalDate first = days ? firstDay.orElse(DayParameter.FIRST) : firstDay(range.orElse(DEFAULT_RANGE), newest);
        if (lastDay.isPresent() && first.isAfter(last)) {
            throw bad("from: " + first + " is after " + last + ", the value of to; use a day that is not");
        }
        return new SeriesRequest(
                CurrencyCodes.known("from", fromCode),
                CurrencyCodes.known("to", toCode),
                minutes,
                first,
                last,
                grouping.orElse(Grouping.DAY),
                lastDay.isPresent());
    }

    private static String withoutSuffix(String segment) {
        int dot = segment.indexOf('.');
        if (dot >= 0 && !SeriesFormat.isSuffix(segment.substring(dot))) {
            throw Problem.parameter(
                            "to",
                            segment,
                            "currency code",
                            "three letters, such as USD, optionally with .json, .csv or .ndjson")
                    .exception();
        }
        return CurrencyCodes.threeLetters("to", dot < 0 ? segment : segment.substring(0, dot));
    }

    private static Optional<LocalDate> day(ResourceRequest request, String name) {
        return request.parameters().optional(name).map(text -> DayParameter.ofRange(name, text, request.today()));
    }

    private static LocalDate firstDay(String range, LocalDate newest) {
        return EVERYTHING.equals(range)
                ? DayParameter.FIRST
                : newest.minus(Objects.requireNonNull(PERIODS.get(range), range));
    }

    private static ProblemException bad(String detail) {
        return Problem.of(ProblemCode.BAD_PARAMETER, detail).exception();
    }
}
