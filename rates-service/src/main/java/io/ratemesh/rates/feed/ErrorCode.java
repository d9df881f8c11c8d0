package io.ratemesh.rates.feed;

import java.util.regex.Pattern;

/** A provider's error number. Its error text is never shown, because it may contain the key. */
final class ErrorCode {

    /** Shorter than any key. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private ErrorCode() {}

    /** The number in the field {@code name}, or {@code without a code}. */
    static String of(JsonValue json, String name) {
        return json.find(name)
                .filter(JsonValue.Digits.class::isInstance)
                .map(code -> ((JsonValue.Digits) code).value())
                .filter(code -> NUMBER.matcher(code).matches())
                .orElse("without a code");
    }
}
