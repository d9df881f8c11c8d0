package io.ratemesh.converter.route;

import io.ratemesh.converter.http.AcceptHeader;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import java.util.List;
import java.util.Map;

/** The media types that a route can respond with, and the choice between them. */
public final class MediaTypes {

    /** {@code Accept} is not looked at. */
    public static final MediaTypes UNCHECKED = new MediaTypes(List.of(), Map.of());

    public static final MediaTypes JSON = of("application/json");

    private final List<String> types;
    private final Map<String, String> bySuffix;

    private MediaTypes(List<String> types, Map<String, String> bySuffix) {
        this.types = types;
        this.bySuffix = bySuffix;
    }

    public static MediaTypes of(String type) {
        return new MediaTypes(List.of(type), Map.of());
    }

    /**
     * Several media types.
     *
     * @param bySuffix by the suffix of the path that selects each, dot included, in a map with the default first
     */
    public static MediaTypes bySuffix(Map<String, String> bySuffix) {
        return new MediaTypes(List.copyOf(bySuffix.values()), Map.copyOf(bySuffix));
    }

    /**
     * The media type of the response. A suffix of the path outranks {@code Accept}, even where that excludes it: a link to
     * {@code .csv} works in every browser.
     *
     * @param accept the value of {@code Accept}; empty when the request has none
     * @return empty when {@code Accept} is not looked at
     * @throws ProblemException with {@code not-acceptable}
     */
    String choose(String path, String accept) {
        if (types.isEmpty()) {
            return "";
        }
        if (!bySuffix.isEmpty()) {
            int dot = path.indexOf('.', path.lastIndexOf('/'));
            String type = dot < 0 ? null : bySuffix.get(path.substring(dot));
            if (type != null) {
                return type;
            }
        }
        if (accept.isEmpty()) {
            return types.get(0);
        }
        return AcceptHeader.preferred(accept, types)
                .orElseThrow(() -> Problem.of(
                                ProblemCode.NOT_ACCEPTABLE,
                                "Accept excludes every available media type; accept one of " + String.join(", ", types))
                        .exception());
    }

    /** Whether {@code Accept} names the first of these types and prefers it to others. */
    boolean isPreferredByName(String accept, MediaTypes others) {
        String type = types.get(0);
        return accept.contains(type)
                && AcceptHeader.preferred(accept, List.of(others.types.get(0), type))
                        .filter(type::equals)
                        .isPresent();
    }
}
