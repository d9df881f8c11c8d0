package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.io.Serial;
import java.util.List;

/** Why a request is not answered as asked, as Frankfurter's clients read it: a value on its way, so no trace. */
public final class FrankfurterError extends RuntimeException {

    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<ApiResponse.Field> fields;

    private FrankfurterError(int status, String message, List<ApiResponse.Field> fields) {
        super(message, null, false, false);
        this.status = status;
        this.fields = fields;
    }

    /** There is no such path, no rate then, or no such currency: Frankfurter has one answer for all of them. */
    static FrankfurterError notFound() {
        return new FrankfurterError(NOT_FOUND, "not found", List.of());
    }

    /** A parameter or a day that does not read. */
    static FrankfurterError unprocessable(String message) {
        return new FrankfurterError(UNPROCESSABLE, message, List.of());
    }

    /** One of our own problems in their shape. */
    public static FrankfurterError of(Problem problem) {
        return new FrankfurterError(problem.code().status(), problem.detail(), problem.fields());
    }

    /** The answer. */
    public ApiResponse answer() {
        StringBuilder json = new StringBuilder(64).append('{');
        JsonText.field(json, "message", String.valueOf(getMessage())).append('}');
        Buffer body = Buffer.buffer(json.toString());
        return new ApiResponse(status, FrankfurterResponse.JSON, body, ApiResponse.NO_STORE, null, fields);
    }
}
