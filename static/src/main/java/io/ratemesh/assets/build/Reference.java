package io.ratemesh.assets.build;

import java.net.URI;

/**
 * A reference in a source file to another file.
 *
 * @param start index of the first character of the name
 * @param end index after the last character
 * @param target path of the other file from the web root, without a leading slash
 */
record Reference(int start, int end, String target) {
    static Reference of(String referrer, int start, String text) {
        URI resolved = URI.create("/" + referrer).resolve(text);
        return new Reference(start, start + text.length(), resolved.getPath().substring(1));
    }
}
