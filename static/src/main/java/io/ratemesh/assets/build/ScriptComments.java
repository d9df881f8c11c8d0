package io.ratemesh.assets.build;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves out what a browser does not need of a script: indentation, and comments that have their lines to themselves. Licence
 * notices stay. It knows lines and not JavaScript, so no line of a template literal may look like such a comment, or need its
 * indentation.
 */
final class ScriptComments {
    private static final Pattern COMMENT =
            Pattern.compile("(?m)^[ \\t]*(?:(/\\*[\\s\\S]*?\\*/)[ \\t]*\\R|//.*(?:\\R|$))");
    private static final Pattern LICENCE = Pattern.compile("/\\*!|@license\\b");
    private static final Pattern INDENTATION = Pattern.compile("(?m)^[ \\t]+");

    private ScriptComments() {}

    static String removed(String script) {
        String shorter = COMMENT.matcher(script)
                .replaceAll(comment -> comment.group(1) != null && licence(comment.group(1))
                        ? Matcher.quoteReplacement(comment.group())
                        : "");
        return INDENTATION.matcher(shorter).replaceAll("");
    }

    private static boolean licence(String comment) {
        return LICENCE.matcher(comment).find();
    }
}
