package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * What is sent.
 *
 * @param wire as it goes over the wire, a character for each byte
 * @param head whether its answer has no body
 * @param last whether the connection may end with its answer, or without one where that breaks off
 */
record FuzzRequest(String wire, boolean head, boolean last) {

    static FuzzRequest of(byte[] bytes, boolean head, boolean last) {
        return new FuzzRequest(new String(bytes, ISO_8859_1), head, last);
    }

    byte[] bytes() {
        return wire.getBytes(ISO_8859_1);
    }
}
