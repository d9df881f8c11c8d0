package io.ratemesh.balancer.upstream.health;

import io.ratemesh.node.settings.HttpCheckSettings.ExpectedBody;
import java.util.regex.Pattern;

/** Finds what the body of a check must have. */
final class BodyMatcher {

    /** A regular expression may take very long for some bodies, and cannot be interrupted otherwise. */
    private static final class Deadline implements CharSequence {

        private static final int CHARACTERS_PER_LOOK = 1024;

        private final CharSequence text;
        private final long untilNanos;
        private int read;

        Deadline(CharSequence text, long untilNanos) {
            this.text = text;
            this.untilNanos = untilNanos;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++read % CHARACTERS_PER_LOOK == 0 && System.nanoTime() - untilNanos > 0) {
                throw new TooSlowException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** A regular expression had no result in time. */
    static final class TooSlowException extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooSlowException() {
            super("the regular expression takes too long", null, false, false);
        }
    }

    private final ExpectedBody expected;
    private final Pattern pattern;

    BodyMatcher(ExpectedBody expected) {
        this.expected = expected;
        this.pattern = Pattern.compile(expected.text(), expected.regex() ? 0 : Pattern.LITERAL);
    }

    /**
     * Whether a body has it. With a regular expression this may take until the deadline, so it is not for an event loop.
     *
     * @throws TooSlowException where there is no result by then
     */
    boolean matches(String body, long deadlineNanos) {
        try {
            return pattern.matcher(new Deadline(body, deadlineNanos)).find();
        } catch (StackOverflowError e) {
            // As some expressions of Java do for a long body.
            throw new TooSlowException();
        }
    }

    ExpectedBody expected() {
        return expected;
    }
}
