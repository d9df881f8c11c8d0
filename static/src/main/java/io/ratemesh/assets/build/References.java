package io.ratemesh.assets.build;

import io.ratemesh.assets.MediaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the references of a file: in HTML the {@code href} of link elements and any {@code src}, in CSS {@code url()} and
 * {@code @import}, in JavaScript the specifiers of static and dynamic imports and {@code new URL("…", import.meta.url)}, in
 * a web app manifest any {@code "src"}. Links to pages and to the API, URLs with a scheme and fragments are not references.
 */
final class References {
    private static final List<Pattern> HTML = List.of(
            Pattern.compile("<link\\b[^>]*?\\shref=\"([^\"]+)\""),
            Pattern.compile("<\\w+\\b[^>]*?\\ssrc=\"([^\"]+)\""));
    private static final List<Pattern> CSS = List.of(
            Pattern.compile("\\burl\\(\\s*[\"']?([^\"')\\s]+)"), Pattern.compile("@import\\s+[\"']([^\"']+)[\"']"));
    private static final List<Pattern> SCRIPT = List.of(
            // Minified modules have several statements on a line.
            Pattern.compile("(?m)(?:^|;)\\s*(?:import|export)\\b[^;\"'()]*?\\bfrom\\s*[\"']([^\"']+)[\"']"),
            Pattern.compile("(?m)(?:^|;)\\s*import\\s*[\"']([^\"']+)[\"']"),
            Pattern.compile("\\bimport\\(\\s*[\"']([^\"']+)[\"']"),
            Pattern.compile("\\bnew URL\\(\\s*[\"']([^\"'#]+)[^\"']*[\"'],\\s*import\\.meta\\.url"));
    private static final List<Pattern> MANIFEST = List.of(Pattern.compile("\"src\":\\s*\"([^\"]+)\""));
    private static final Pattern EXTERNAL = Pattern.compile("#.*|[A-Za-z][A-Za-z0-9+.-]*:.*");

    private References() {}

    /** Returns the references in the order of the text; none overlap. */
    static List<Reference> in(String path, String text) {
        List<Reference> references = new ArrayList<>();
        for (Pattern pattern : patternsFor(path)) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                if (!EXTERNAL.matcher(matcher.group(1)).matches()) {
                    references.add(Reference.of(path, matcher.start(1), matcher.group(1)));
                }
            }
        }
        references.sort(Comparator.comparingInt(Reference::start));
        return references;
    }

    private static List<Pattern> patternsFor(String path) {
        return switch (MediaType.of(path)) {
            case HTML -> HTML;
            case CSS -> CSS;
            case SCRIPT -> SCRIPT;
            case MANIFEST -> MANIFEST;
            default -> List.of();
        };
    }
}
