package io.ratemesh.assets;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content codings that a client accepts (RFC 9110 §12.5.3). Weights are in thousandths, 0 to 1000, because a qvalue
 * has at most three decimals (RFC 9110 §12.4.2).
 */
public final class AcceptEncoding {
    static final String IDENTITY = "identity";

    private static final String ANY = "*";
    private static final int FULL_WEIGHT = 1000;
    private static final Pattern MEMBER = Pattern.compile(
            "([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \\t]*;[ \\t]*[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?))?");

    private final Map<String, Integer> weights;

    private AcceptEncoding(Map<String, Integer> weights) {
        this.weights = weights;
    }

    /**
     * Parses the value of the field; several lines are joined by commas. Invalid members are ignored. A missing field is
     * treated like an empty one: it allows any coding, but a client that does not send it may support none.
     */
    public static AcceptEncoding parse(@Nullable String header) {
        Map<String, Integer> weights = new HashMap<>();
        if (header != null) {
            for (String member : header.split(",", -1)) {
                Matcher matcher = MEMBER.matcher(member.strip());
                if (matcher.matches()) {
                    weights.put(coding(matcher.group(1)), weight(matcher.group(2)));
                }
            }
        }
        return new AcceptEncoding(weights);
    }

    /** Returns the weight of a coding; 0 unless the client listed it or {@code *}. */
    public int weight(Encoding encoding) {
        return listed(encoding.token()).orElse(0);
    }

    /** Returns the weight of {@code identity}; empty if the client did not list it, which allows it. */
    public OptionalInt identityWeight() {
        return listed(IDENTITY);
    }

    private OptionalInt listed(String coding) {
        Integer weight = weights.getOrDefault(coding, weights.get(ANY));
        return weight == null ? OptionalInt.empty() : OptionalInt.of(weight);
    }

    private static String coding(String token) {
        String lower = token.toLowerCase(Locale.ROOT);
        // RFC 9110 §8.4.1.3: a recipient considers "x-gzip" equivalent to "gzip".
        return lower.equals("x-gzip") ? Encoding.GZIP.token() : lower;
    }

    private static int weight(@Nullable String qvalue) {
        if (qvalue == null) {
            return FULL_WEIGHT;
        }
        if (qvalue.startsWith("1")) {
            return FULL_WEIGHT;
        }
        String decimals = qvalue.length() > 2 ? qvalue.substring(2) : "";
        return Integer.parseInt((decimals + "000").substring(0, 3));
    }
}
