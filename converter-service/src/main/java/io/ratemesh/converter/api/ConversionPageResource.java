package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.page.ConversionPage;
import io.ratemesh.model.RateBook;

/**
 * {@code GET /api/v1/convert} for whoever would rather have a page than JSON: the converter's form, where there is no
 * JavaScript to ask for it. What is wrong with the request is told on the page as well.
 */
final class ConversionPageResource implements Resource {

    /** What is answered with. */
    static final String TYPE = "text/html";

    private final ConversionPage page = new ConversionPage();

    @Override
    public ApiResponse get(ResourceRequest ask) {
        RateBook choices = ask.book().book();
        try {
            ConvertRequest asked = ConvertRequest.read(ask.parameters()::optional, ask);
            if (asked.date().isPresent()) {
                PastDay day = new PastDay(ask, asked.date().get());
                QuoteJson quote = day.quote(asked.from(), asked.to());
                return page.result(converted(asked, quote, false), ask.query(), choices, day.settled(quote.date()));
            }
            BookView book = ask.rates();
            QuoteJson quote = CurrencyCodes.quote(book, asked.from(), asked.to());
            return page.result(converted(asked, quote, quote.stale(ask.now())), ask.query(), choices, false);
        } catch (ProblemException refusal) {
            return page.problem(refusal.problem(), ask.query(), choices);
        }
    }

    private static ConversionPage.Converted converted(ConvertRequest asked, QuoteJson quote, boolean stale) {
        return new ConversionPage.Converted(
                asked.from().code(),
                asked.to().code(),
                asked.amount(),
                Conversion.result(asked, quote),
                quote.priced(),
                asked.date(),
                stale);
    }
}
