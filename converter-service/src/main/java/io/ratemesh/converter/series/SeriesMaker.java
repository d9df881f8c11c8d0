package io.ratemesh.converter.series;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.Legs;
import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.DatedLegs;
import io.ratemesh.model.history.MinuteLegs;
import io.ratemesh.model.history.MinutePoints;
import io.ratemesh.model.legacy.LegalRate;
import io.ratemesh.model.legacy.LegalRates;
import io.ratemesh.model.quote.PairQuotes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes series from days of the history and from minutes of the cluster. */
public final class SeriesMaker {

    private final String from;
    private final String to;

    /**
     * A maker for one pair.
     *
     * @param from upper-case code
     * @param to upper-case code
     */
    public SeriesMaker(String from, String to) {
        this.from = from;
        this.to = to;
    }

    /**
     * The days of a range on which both currencies have rates, in groups. The first and last group may be incomplete.
     *
     * @param lastDay included
     */
    public Series days(PairQuotes quotes, LocalDate firstDay, LocalDate lastDay, Grouping grouping) {
        List<Point> points = new ArrayList<>();
        LocalDate first = null;
        LocalDate last = null;
        LocalDate group = null;
        Point open = null;
        Iterator<DatedLegs> days = quotes.series(from, to, firstDay, lastDay).iterator();
        while (days.hasNext()) {
            DatedLegs next = days.next();
            last = next.day();
            first = first == null ? last : first;
            BigDecimal rate = next.legs().rate();
            LocalDate begin = grouping.begin(last);
            if (open != null && begin.equals(group)) {
                open = open.then(rate);
                points.set(points.size() - 1, open);
            } else {
                group = begin;
                open = Point.single(last.toString(), rate, false);
                points.add(open);
            }
        }
        Set<String> sources = new LinkedHashSet<>();
        if (first != null && last != null) {
            addSources(from, first, last, sources);
            addSources(to, first, last, sources);
        }
        return new Series(
                from,
                to,
                grouping.word(),
                Optional.ofNullable(first),
                Optional.ofNullable(last),
                List.copyOf(sources),
                points);
    }

    /**
     * The minutes of a span in which both currencies have rates. A legal rate replaces the market's.
     *
     * @param first earliest beginning of a minute
     * @param last latest beginning, included
     */
    public Series minutes(MinutePoints minutes, Instant first, Instant last) {
        Optional<LegalRate> legalFrom = LegalRates.of(from);
        Optional<LegalRate> legalTo = LegalRates.of(to);
        String marketFrom = legalFrom.isPresent() ? Currencies.EURO : from;
        String marketTo = legalTo.isPresent() ? Currencies.EURO : to;
        List<Point> points = new ArrayList<>();
        Iterator<MinuteLegs> legs =
                minutes.series(marketFrom, marketTo, first, last).iterator();
        Instant begin = null;
        Instant end = null;
        while (legs.hasNext()) {
            MinuteLegs next = legs.next();
            end = next.minute();
            begin = begin == null ? end : begin;
            BigDecimal rate = new Legs(
                            legalFrom.map(LegalRate::perEuro).orElse(next.legs().from()),
                            legalTo.map(LegalRate::perEuro).orElse(next.legs().to()))
                    .rate();
            points.add(Point.single(end.toString(), rate, next.simulated()));
        }
        boolean law = !points.isEmpty() && (legalFrom.isPresent() || legalTo.isPresent());
        return new Series(
                from,
                to,
                Series.MINUTE,
                Optional.ofNullable(begin).map(SeriesMaker::day),
                Optional.ofNullable(end).map(SeriesMaker::day),
                law ? List.of(LegalRates.SOURCE) : List.of(),
                points);
    }

    private static LocalDate day(Instant moment) {
        return moment.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static void addSources(String code, LocalDate first, LocalDate last, Set<String> sources) {
        if (Currencies.EURO.equals(code)) {
            return;
        }
        if (!LegalRates.appliesOn(code, first)) {
            sources.add(BundledHistory.SOURCE);
        }
        if (LegalRates.appliesOn(code, last)) {
            sources.add(LegalRates.SOURCE);
        }
    }
}
