package io.ratemesh.balancer.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.ratemesh.balancer.http.Timeouts;
import io.ratemesh.balancer.http1.Corpus.Case;
import io.ratemesh.balancer.vertx.UnvalidatedRequestDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decoder accepts all that the guard passes on, and decodes the same requests. */
class GuardAndDecoderTest {

    private static final int SEEDS = 120;
    private static final String HEAD = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String AFTER = "GET /after HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String TOKEN_OCTETS = "!#$%&'*+-.^_`|~059AFZafz";
    private static final String QUOTED_OCTETS = "\t !#,;=()/[]~aZ09\u0080\u00a0\u00e9\u00ff";

    /** None is a digit of a size. */
    private static final String WRONG_OCTETS = ";=\"\\ \t\r\n\0,:()xg\u007f\u00e9\u0001";

    /** A chunk's line, as RFC 9112 §7.1.1 writes it. */
    private static final Pattern LINE;

    static {
        String token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
        String quoted = "\"(?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t \\x21-\\x7e\\x80-\\xff])*\"";
        LINE = Pattern.compile(
                "[0-9A-Fa-f]+(?:[ \\t]*;[ \\t]*" + token + "(?:[ \\t]*=[ \\t]*(?:" + token + "|" + quoted + "))?)*");
    }

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    static Stream<Case> cases() {
        return Corpus.all().filter(request -> request.send().length() < 1000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_line_of_a_chunk_is_accepted_by_both_or_rejected_by_the_guard_wherever_it_is_split(int seed) {
        Random random = new Random(seed);
        String extensions = extensions(random);
        if (random.nextBoolean()) {
            extensions = changed(extensions, random);
        }
        String data = "a".repeat(random.nextInt(1, 40));
        String line = Integer.toHexString(data.length()) + extensions;
        boolean good = LINE.matcher(line).matches();
        String body = line + "\r\n" + data + "\r\n0" + (random.nextBoolean() ? extensions : "") + "\r\n\r\n";
        for (int split = 0; split <= body.length(); split++) {
            Wire wire = new Wire();
            wire.send(HEAD + body.substring(0, split));
            wire.send(body.substring(split) + AFTER);
            assertThat(wire.rejected()).as("%s split at %s", line, split).isEqualTo(!good);
            if (good) {
                assertThat(wire.requests()).containsExactly("/x", data, "/after", "");
            }
            wire.close();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_request_with_changed_bytes_is_accepted_by_both_or_rejected_by_the_guard(Case request) {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            String sent = request.send();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                sent = changed(sent, random);
            }
            Wire wire = new Wire();
            int split = random.nextInt(sent.length() + 1);
            wire.send(sent.substring(0, split));
            wire.send(sent.substring(split) + AFTER);
            assertThat(wire.failed()).as("the decoder fails at %s", sent).isFalse();
            wire.close();
        }
    }

    private static String extensions(Random random) {
        StringBuilder all = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            all.append(blanks(random)).append(';').append(blanks(random)).append(bytes(TOKEN_OCTETS, 1, random));
            int value = random.nextInt(3);
            if (value > 0) {
                all.append(blanks(random)).append('=').append(blanks(random));
                all.append(value == 1 ? bytes(TOKEN_OCTETS, 1, random) : quoted(random));
            }
        }
        return all.toString();
    }

    private static String quoted(Random random) {
        StringBuilder all = new StringBuilder("\"");
        for (int i = random.nextInt(4); i > 0; i--) {
            all.append(bytes(QUOTED_OCTETS, 0, random));
            if (random.nextBoolean()) {
                all.append('\\').append((QUOTED_OCTETS + "\"\\").charAt(random.nextInt(QUOTED_OCTETS.length() + 2)));
            }
        }
        return all.append('"').toString();
    }

    private static String bytes(String from, int least, Random random) {
        StringBuilder some = new StringBuilder();
        for (int i = random.nextInt(least, 6); i > 0; i--) {
            some.append(from.charAt(random.nextInt(from.length())));
        }
        return some.toString();
    }

    private static String blanks(Random random) {
        return List.of("", "", " ", "\t", " \t ").get(random.nextInt(5));
    }

    /** Puts in a byte that may be wrong there, takes one out, or both. */
    private static String changed(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int out = at < text.length() ? random.nextInt(2) : 0;
        String in = out == 0 || random.nextBoolean()
                ? String.valueOf(WRONG_OCTETS.charAt(random.nextInt(WRONG_OCTETS.length())))
                : "";
        return text.substring(0, at) + in + text.substring(at + out);
    }

    /** A guard and a decoder, and their output. */
    private static final class Wire {

        private final EmbeddedChannel channel = new EmbeddedChannel(
                new ConnectionGuard(
                        new RequestGuard(Timeouts.DEFAULT, (client, status, millis) -> {}, () -> 1, Runnable::run)),
                new UnvalidatedRequestDecoder(RequestGuard.DECODER_LIMITS));
        private final List<String> requests = new ArrayList<>();
        private final StringBuilder body = new StringBuilder();
        private boolean failed;
        private boolean rejected;

        void send(String bytes) {
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.copiedBuffer(bytes, ISO_8859_1));
            }
            for (HttpObject part = channel.readInbound(); part != null; part = channel.readInbound()) {
                failed |= part.decoderResult().isFailure();
                if (part instanceof HttpRequest head) {
                    requests.add(head.uri());
                }
                if (part instanceof HttpContent content) {
                    body.append(content.content().toString(ISO_8859_1));
                    content.release();
                }
                if (part instanceof LastHttpContent) {
                    requests.add(body.toString());
                    body.setLength(0);
                }
            }
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                rejected |= out.isReadable();
                out.release();
            }
        }

        /** Whether something was rejected and all responses before it are complete. */
        boolean rejected() {
            return rejected;
        }

        boolean failed() {
            return failed;
        }

        List<String> requests() {
            return requests;
        }

        void close() {
            channel.finishAndReleaseAll();
        }
    }
}
