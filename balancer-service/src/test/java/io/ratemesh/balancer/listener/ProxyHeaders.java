package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ratemesh.balancer.http1.Corpus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Reads the file of headers of the PROXY protocol. Its format is said at its head. */
public final class ProxyHeaders {

    /**
     * One case.
     *
     * @param text the header, one character for each byte
     * @param expect an address, {@code peer}, {@code invalid} or {@code more}
     */
    public record Case(String name, String text, String expect) {

        byte[] bytes() {
            return text.getBytes(ISO_8859_1);
        }

        public boolean invalid() {
            return expect.equals("invalid");
        }

        public boolean undecided() {
            return expect.equals("more");
        }

        /** Whose address is to be seen. */
        public String client(String peer) {
            return expect.equals("peer") ? peer : expect;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private ProxyHeaders() {}

    public static Stream<Case> all() {
        try (InputStream in = ProxyHeaders.class.getResourceAsStream("proxy-headers.txt")) {
            String cases = new String(in.readAllBytes(), US_ASCII);
            return Arrays.stream(cases.split("\n\n", -1))
                    .filter(block -> block.startsWith("case: "))
                    .map(ProxyHeaders::one);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case one(String block) {
        String name = "";
        String text = "";
        String expect = "";
        for (String line : block.stripTrailing().split("\n", -1)) {
            int colon = line.indexOf(": ");
            String value = line.substring(colon + 2);
            switch (line.substring(0, colon)) {
                case "case" -> name = value;
                case "text" -> text = Corpus.unescape(value);
                case "hex" -> text = new String(HexFormat.of().parseHex(value), ISO_8859_1);
                case "expect" -> expect = value;
                default -> throw new AssertionError("no such key: " + line);
            }
        }
        return new Case(name, text, expect);
    }
}
