package io.ratemesh.converter.page;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.PageSecurity;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.quote.PairQuote;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A conversion, or the error, as a page without a script. */
public final class ConversionPage {

    private static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");
    private static final MathContext SIX_DIGITS = new MathContext(6);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Template page = Template.read("conversion.html");
    private final String style = Template.text("conversion.css");
    private final List<ApiResponse.Field> fields = Stream.concat(
                    PageSecurity.fields(style).stream(),
                    Stream.of(new ApiResponse.Field(HttpHeaders.VARY, HttpHeaders.ACCEPT)))
            .toList();

    /**
     * A conversion.
     *
     * @param from upper-case code
     * @param to upper-case code
     * @param day of the request; empty for the current rate
     * @param stale whether a rate is stale
     */
    public record Converted(
            String from,
            String to,
            BigDecimal amount,
            BigDecimal result,
            PairQuote.Priced priced,
            Optional<LocalDate> day,
            boolean stale) {}

    /**
     * The page of a result.
     *
     * @param query as sent, for the form
     * @param book with the currencies of the form
     * @param settled whether it can no longer change
     */
    public ApiResponse result(Converted converted, @Nullable String query, RateBook book, boolean settled) {
        String title = converted.amount().toPlainString() + ' ' + converted.from() + " = "
                + converted.result().toPlainString() + ' ' + converted.to();
        Buffer body = body(title, "good", content(converted), query, book);
        CharSequence kept = settled ? ApiResponse.IMMUTABLE : ApiResponse.NO_CACHE;
        return new ApiResponse(200, HTML, body, kept, EntityTag.of(body), fields);
    }

    public ApiResponse problem(Problem problem, @Nullable String query, RateBook book) {
        String words = "<p role=\"alert\">" + HtmlText.escaped(problem.detail()) + "</p>\n";
        Buffer body = body(problem.code().title(), "bad", words, query, book);
        List<ApiResponse.Field> all =
                Stream.concat(fields.stream(), problem.fields().stream()).toList();
        return new ApiResponse(problem.code().status(), HTML, body, ApiResponse.NO_STORE, null, all);
    }

    private Buffer body(String title, String kind, String content, @Nullable String query, RateBook book) {
        ConversionForm form = ConversionForm.of(query);
        return Buffer.buffer(page.filled(Map.of(
                "title", HtmlText.escaped(title),
                "style", style,
                "kind", kind,
                "content", content,
                "amount", HtmlText.escaped(form.amount()),
                "from", ConversionForm.options(book, form.from()),
                "to", ConversionForm.options(book, form.to()),
                "date", form.dateField())));
    }

    private static String content(Converted converted) {
        PairQuote.Priced priced = converted.priced();
        Optional<LocalDate> day = converted.day();
        BigDecimal rate = priced.legs().rate().round(SIX_DIGITS).stripTrailingZeros();
        StringBuilder html = new StringBuilder(512);
        if (converted.stale()) {
            notice(html, "The rate is stale: newer ones are overdue.");
        }
        if (priced.simulated()) {
            notice(html, "The rate is simulated, for a demonstration.");
        }
        if (day.filter(requested -> !requested.equals(priced.date())).isPresent()) {
            notice(html, "There were no rates on " + day.get() + ". These are of the last day before.");
        }
        html.append("<dl>\n");
        row(html, "Mid-market rate", "1 " + converted.from() + " = " + rate.toPlainString() + ' ' + converted.to());
        row(html, "Rate time", day.isPresent() ? priced.date().toString() : TIME.format(priced.asOf()));
        row(html, "Source", priced.sources().isEmpty() ? "–" : String.join(", ", priced.sources()));
        return html.append("</dl>\n").toString();
    }

    private static void notice(StringBuilder html, String words) {
        html.append("<p class=\"notice\">").append(words).append("</p>\n");
    }

    private static void row(StringBuilder html, String name, String value) {
        html.append("<dt>")
                .append(name)
                .append("</dt><dd>")
                .append(HtmlText.escaped(value))
                .append("</dd>\n");
    }
}
