package io.ratemesh.balancer.assets;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request without conditions would be sent (RFC 9110 §3.2): conditions and ranges are held against it.
 *
 * @param fields all of a whole response but {@code Content-Length} and {@code Date}; encoded once where many requests share them
 * @param etag as in the fields
 * @param modified as in the fields, to the second; null where nobody knows
 * @param length of its body, in bytes
 */
record SelectedRepresentation(
        Map<CharSequence, CharSequence> fields,
        String etag,
        @Nullable Instant modified,
        long length) {}
