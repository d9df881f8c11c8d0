package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.node.settings.Secret;
import java.net.URI;
import java.net.URLEncoder;

/**
 * An address that is asked with a key as a parameter. Its text is never the key; only {@link #uri}'s is.
 *
 * @param address without the key
 * @param parameter how the provider calls it, as {@code access_key}
 * @param key what the provider knows us by
 */
public record KeyedAddress(URI address, String parameter, Secret key) {

    /** What to GET; not to be shown. */
    public URI uri() {
        char joint = address.getRawQuery() == null ? '?' : '&';
        return URI.create(withoutFragment() + joint + parameter + '=' + URLEncoder.encode(key.value(), UTF_8));
    }

    private String withoutFragment() {
        String text = address.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? text : text.substring(0, fragment);
    }
}
