package io.ratemesh.converter.http;

import java.io.Serial;

/** Carries a {@link Problem} from where it was found to where answers are written; a value on its way, so no trace. */
public final class ProblemException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** What was wrong. */
    public Problem problem() {
        return problem;
    }
}
