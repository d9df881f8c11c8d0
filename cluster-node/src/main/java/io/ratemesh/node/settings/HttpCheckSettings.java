package io.ratemesh.node.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The request of an HTTP or gRPC check, and what its response must have beside the status.
 *
 * @param method of the request, in capitals
 * @param host the value of {@code Host}; empty for host and port of the server
 * @param headers further fields
 * @param body what the first 64 KiB of the body must have; empty for any body
 * @param service the service of which a gRPC check asks; empty for the server as a whole
 */
public record HttpCheckSettings(
        String method,
        Optional<String> host,
        Map<String, String> headers,
        Optional<ExpectedBody> body,
        String service) {

    /** Of an HTTP check. */
    public HttpCheckSettings(
            String method, Optional<String> host, Map<String, String> headers, Optional<ExpectedBody> body) {
        this(method, host, headers, body, "");
    }

    /** GET, and any body. */
    public static final HttpCheckSettings DEFAULT =
            new HttpCheckSettings("GET", Optional.empty(), Map.of(), Optional.empty());

    /**
     * What a body must have.
     *
     * @param text that it must contain, or a regular expression of which it must have a match
     * @param regex whether it is a regular expression
     */
    public record ExpectedBody(String text, boolean regex) {

        /** {@code /…/} is a regular expression, anything else is text. Empty if it is neither. */
        static Optional<ExpectedBody> parse(String written) {
            boolean regex = written.length() > 2 && written.startsWith("/") && written.endsWith("/");
            if (!regex) {
                return Optional.of(new ExpectedBody(written, false));
            }
            String expression = written.substring(1, written.length() - 1);
            try {
                Pattern.compile(expression);
                return Optional.of(new ExpectedBody(expression, true));
            } catch (PatternSyntaxException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return regex ? "/" + text + "/" : "\"" + text + "\"";
        }
    }

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[ -~\\x80-\\xff]*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\[\\]:_-]+");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT");
    private static final int MAX_HEADERS = 50;
    private static final int MAX_SERVICE = 1000;

    /** Fields that the check writes itself, or that would give it a body. */
    private static final Set<String> RESERVED =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

    static HttpCheckSettings read(SettingsReader reader) {
        Map<String, String> methods = new LinkedHashMap<>();
        METHODS.forEach(method -> methods.put(method, method));
        String method = reader.oneOf("method", methods, DEFAULT.method());
        Optional<String> host = reader.optionalText("host");
        if (host.filter(name -> !HOST.matcher(name).matches()).isPresent()) {
            reader.fault("host", "is not a valid host", "use a host name, optionally followed by a port");
        }
        Optional<ExpectedBody> body = reader.optionalText("expect-body").flatMap(written -> {
            Optional<ExpectedBody> expected = ExpectedBody.parse(written);
            if (expected.isEmpty()) {
                reader.fault(
                        "expect-body",
                        "is not a valid regular expression",
                        "use text, or a regular expression of Java");
            }
            return expected;
        });
        String service = reader.optionalText("service").orElse(DEFAULT.service());
        if (service.length() > MAX_SERVICE) {
            reader.fault("service", "is too long", "use at most " + MAX_SERVICE + " characters");
        }
        return new HttpCheckSettings(method, host, headers(reader), body, service);
    }

    private static Map<String, String> headers(SettingsReader reader) {
        Map<String, String> headers = new LinkedHashMap<>();
        SettingsReader section = reader.in("headers");
        for (String name : reader.names("headers")) {
            String value = section.text(name, "");
            headers.put(name, value);
            if (!TOKEN.matcher(name).matches() || RESERVED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                section.fault(name, "is the value of a field that a check cannot set", "use another name");
            } else if (!VALUE.matcher(value).matches()) {
                section.fault(name, "is not a valid value of a field", "use printable characters");
            }
        }
        if (headers.size() > MAX_HEADERS) {
            reader.fault("headers", "has too many fields", "use at most " + MAX_HEADERS);
        }
        return Map.copyOf(headers);
    }
}
