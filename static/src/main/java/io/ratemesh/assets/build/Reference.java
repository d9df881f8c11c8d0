package io.ratemesh.assets.build;

import java.net.URI;

/**
 * A place in a source file that names another one.
 *
 * @param start index of the first character of the name
 * @param end index after its last
 * @param target what is named: the path from the web root, without a leading slash
 */
record Reference(int start, int end, String target) {
    static Reference of(String referrer, int start, String text) {
        URI resolved = URI.create("/" + referrer).resolve(text);
        return new Reference(start, start + text.length(), resolved.getPath().substring(1));
    }
}
