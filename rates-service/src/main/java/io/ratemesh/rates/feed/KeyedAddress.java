package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.node.settings.Secret;
import java.net.URI;
import java.net.URLEncoder;

/**
 * An address with a key as a query parameter. Only {@link #uri} contains the key; {@code toString} does not.
 *
 * @param address without the key
 * @param parameter the name of the parameter, such as {@code access_key}
 * @param key the key of this user
 */
public record KeyedAddress(URI address, String parameter, Secret key) {

    /** The address with the key; must never be shown. */
    public URI uri() {
        char separator = address.getRawQuery() == null ? '?' : '&';
        return URI.create(withoutFragment() + separator + parameter + '=' + URLEncoder.encode(key.value(), UTF_8));
    }

    private String withoutFragment() {
        String text = address.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? text : text.substring(0, fragment);
    }
}
