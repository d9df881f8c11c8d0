package io.ratemesh.balancer.upstream.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.ratemesh.balancer.upstream.CheckResult.Outcome;
import io.ratemesh.node.settings.CheckSettings;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Judges the responses of HTTP checks, by status and body; to HEAD by status alone, as they have no body. */
final class ResponseJudge {

    private final Vertx vertx;
    private final CheckSettings settings;
    private final Optional<BodyMatcher> matcher;

    ResponseJudge(Vertx vertx, CheckSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        boolean hasBody = !settings.http().method().equals("HEAD");
        this.matcher = settings.http().body().filter(ignored -> hasBody).map(BodyMatcher::new);
    }

    /** What becomes of the response of one check. */
    HttpCheck.Listener of(CheckListener listener) {
        return new HttpCheck.Listener() {
            @Override
            public void responded(int status, ByteBuf body) {
                if (!settings.expected().include(status)) {
                    String detail = "status " + status + "; must be " + settings.expected();
                    listener.complete(Outcome.UNEXPECTED_STATUS, status, detail);
                } else if (matcher.isPresent()) {
                    judge(matcher.get(), status, body.toString(UTF_8), listener);
                } else {
                    listener.complete(Outcome.EXPECTED_STATUS, status, "");
                }
            }

            @Override
            public void invalid(String why) {
                listener.complete(Outcome.INVALID_RESPONSE, 0, why);
            }
        };
    }

    /** Not on the event loop: a regular expression may take long, and a check has ended by its timeout then. */
    private void judge(BodyMatcher body, int status, String text, CheckListener listener) {
        long deadlineNanos = System.nanoTime() + settings.timeout().toNanos();
        vertx.executeBlocking(() -> body.matches(text, deadlineNanos), false)
                .onSuccess(matches -> listener.complete(
                        matches ? Outcome.EXPECTED_STATUS : Outcome.UNEXPECTED_BODY,
                        status,
                        matches ? "" : "the body has no match of " + body.expected()))
                .onFailure(why -> listener.complete(Outcome.UNEXPECTED_BODY, status, String.valueOf(why.getMessage())));
    }
}
