package io.ratemesh.balancer.assets;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The selected representation (RFC 9110 §3.2), against which conditions and ranges are evaluated.
 *
 * @param fields of a complete response, without {@code Content-Length} and {@code Date}
 * @param etag as in the fields
 * @param modified as in the fields, in whole seconds; null if unknown
 * @param length of the body, in bytes
 */
record SelectedRepresentation(
        Map<CharSequence, CharSequence> fields,
        String etag,
        @Nullable Instant modified,
        long length) {}
