package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.http.Answer;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.io.Serial;
import java.util.List;

/** Why a request is not answered as asked, as Frankfurter's clients read it: a value on its way, so no trace. */
public final class FrankfurterRefusal extends RuntimeException {

    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Answer.Field> fields;

    private FrankfurterRefusal(int status, String message, List<Answer.Field> fields) {
        super(message, null, false, false);
        this.status = status;
        this.fields = fields;
    }

    /** There is no such path, no rate then, or no such currency: Frankfurter has one answer for all of them. */
    static FrankfurterRefusal notFound() {
        return new FrankfurterRefusal(NOT_FOUND, "not found", List.of());
    }

    /** A parameter or a day that does not read. */
    static FrankfurterRefusal unprocessable(String message) {
        return new FrankfurterRefusal(UNPROCESSABLE, message, List.of());
    }

    /** One of our own problems in their shape. */
    public static FrankfurterRefusal of(Problem problem) {
        return new FrankfurterRefusal(problem.code().status(), problem.detail(), problem.fields());
    }

    /** The answer. */
    public Answer answer() {
        StringBuilder json = new StringBuilder(64).append('{');
        JsonText.field(json, "message", String.valueOf(getMessage())).append('}');
        Buffer body = Buffer.buffer(json.toString());
        return new Answer(status, FrankfurterAnswer.JSON, body, Answer.NO_STORE, null, fields);
    }
}
