package io.ratemesh.converter.api;

import io.ratemesh.converter.api.RequestMeters.Endpoint;
import io.ratemesh.converter.book.CurrentBook;
import io.ratemesh.converter.frankfurter.Frankfurter;
import io.ratemesh.converter.frankfurter.FrankfurterError;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.model.TargetCalendar;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests of {@code /v1} and below it: all of them, also those that are refused, are answered in the shape that Frankfurter's clients
 * know. {@code Accept} is not looked at, as theirs is not. Lives on one event loop.
 */
final class FrankfurterRoute {

    private static final Logger LOG = LoggerFactory.getLogger(FrankfurterRoute.class);
    private static final String METHODS = "GET, HEAD, OPTIONS";

    private final Clock clock;
    private final CurrentBook current;
    private final Frankfurter frankfurter;
    private final Responder responder;
    private final RequestMeters meters;
    private final ApiResponse preflight;

    FrankfurterRoute(
            Clock clock,
            CurrentBook current,
            Frankfurter frankfurter,
            Responder responder,
            RequestMeters meters,
            List<ApiResponse.Field> preflight) {
        this.clock = clock;
        this.current = current;
        this.frankfurter = frankfurter;
        this.responder = responder;
        this.meters = meters;
        this.preflight = ApiResponse.empty(preflight);
    }

    /**
     * Answers.
     *
     * @param begun {@link System#nanoTime} when the request's head was there
     */
    void handle(HttpServerRequest request, String path, long begun) {
        Promise<Void> done = Promise.promise();
        responder.later();
        answer(request, path, done.future())
                .map(answer -> RequestChecks.unlessHeld(request, answer))
                .otherwise(failure -> refused(request, failure))
                .onSuccess(answer -> {
                    if (request.response().closed()) {
                        // Nobody is left: a queue that is full would never drain.
                        responder.gone();
                        done.tryComplete();
                        return;
                    }
                    responder.sendLater(request, answer).onComplete(sent -> done.tryComplete());
                    meters.answered(Endpoint.FRANKFURTER, answer.status(), System.nanoTime() - begun);
                });
    }

    private Future<ApiResponse> answer(HttpServerRequest request, String path, Future<Void> done) {
        try {
            RequestChecks.host(request);
            HttpMethod method = request.method();
            if (HttpMethod.OPTIONS.equals(method)) {
                return Future.succeededFuture(preflight);
            }
            if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
                throw Problem.method(method.name(), METHODS).refusal();
            }
            LocalDate today = clock.instant().atZone(TargetCalendar.FRANKFURT).toLocalDate();
            return frankfurter.get(new Frankfurter.Asked(path, request.query(), today), current.view(), done);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static ApiResponse refused(HttpServerRequest request, Throwable failure) {
        if (failure instanceof FrankfurterError refusal) {
            return refusal.answer();
        }
        if (failure instanceof ProblemException refusal) {
            return FrankfurterError.of(refusal.problem()).answer();
        }
        LOG.error("{} {} could not be answered", request.method(), request.path(), failure);
        return FrankfurterError.of(
                        Problem.of(ProblemCode.INTERNAL, "the request could not be answered; it is in our log"))
                .answer();
    }
}
