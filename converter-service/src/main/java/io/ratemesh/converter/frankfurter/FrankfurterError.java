package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.json.JsonText;
import io.vertx.core.buffer.Buffer;

/** Errors in Frankfurter's format: {@code {"message":"not found"}}. */
public final class FrankfurterError {

    private FrankfurterError() {}

    /** There is no such path, rate or currency: Frankfurter has one error for all of them. */
    static ProblemException notFound() {
        return Problem.of(ProblemCode.NOT_FOUND, "not found").exception();
    }

    /** A parameter or a date that is not valid. */
    static ProblemException unprocessable(String message) {
        return Problem.of(ProblemCode.UNPROCESSABLE, message).exception();
    }

    public static ApiResponse response(Problem problem, String path) {
        String json = JsonText.field(new StringBuilder("{"), "message", problem.detail())
                .append('}')
                .toString();
        return new ApiResponse(
                problem.code().status(),
                FrankfurterResponse.JSON,
                Buffer.buffer(json),
                ApiResponse.NO_STORE,
                null,
                problem.fields());
    }
}
