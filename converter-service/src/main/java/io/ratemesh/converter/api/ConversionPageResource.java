package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Parameters;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.http.Query;
import io.ratemesh.converter.page.ConversionPage;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.converter.route.RouteHandler.Resource;
import io.ratemesh.model.RateBook;

/** {@code GET /api/v1/convert} as a page with a form, for browsers without JavaScript. Errors are shown on the page. */
final class ConversionPageResource implements Resource {

    private final ConversionPage page = new ConversionPage();
    private final Parameters parameters;

    ConversionPageResource(Parameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public ApiResponse get(ResourceRequest request) {
        RateBook choices = request.book().book();
        try {
            ConvertRequest conversion = ConvertRequest.read(Query.parse(request.query(), parameters), request);
            if (conversion.date().isPresent()) {
                PastDay day = new PastDay(request, conversion.date().get());
                QuoteJson quote = day.quote(conversion.from(), conversion.to());
                boolean settled = day.settled(quote.date());
                return page.result(converted(conversion, quote, false), request.query(), choices, settled);
            }
            BookView book = request.rates();
            QuoteJson quote = CurrencyCodes.quote(book, conversion.from(), conversion.to());
            boolean stale = quote.stale(request.now());
            return page.result(converted(conversion, quote, stale), request.query(), choices, false);
        } catch (ProblemException e) {
            return page.problem(e.problem(), request.query(), choices);
        }
    }

    private static ConversionPage.Converted converted(ConvertRequest conversion, QuoteJson quote, boolean stale) {
        return new ConversionPage.Converted(
                conversion.from().code(),
                conversion.to().code(),
                conversion.amount(),
                Conversion.result(conversion, quote),
                quote.priced(),
                conversion.date(),
                stale);
    }
}
