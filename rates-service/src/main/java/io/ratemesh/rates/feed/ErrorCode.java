package io.ratemesh.rates.feed;

import java.util.regex.Pattern;

/** The number by which a provider says what went wrong: its text is not shown, for it may repeat the key. */
final class ErrorCode {

    /** Shorter than any key. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private ErrorCode() {}

    /** The number of that name, or {@code without a code}. */
    static String of(JsonValue json, String name) {
        return json.find(name)
                .filter(JsonValue.Digits.class::isInstance)
                .map(code -> ((JsonValue.Digits) code).value())
                .filter(code -> NUMBER.matcher(code).matches())
                .orElse("without a code");
    }
}
