package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The bytes of a request.
 *
 * @param wire one character for each byte
 * @param headMethod whether its response has no body
 * @param last whether the connection may end with its response, or without one if the request is incomplete
 */
record FuzzRequest(String wire, boolean headMethod, boolean last) {

    static FuzzRequest of(byte[] bytes, boolean headMethod, boolean last) {
        return new FuzzRequest(new String(bytes, ISO_8859_1), headMethod, last);
    }

    byte[] bytes() {
        return wire.getBytes(ISO_8859_1);
    }
}
