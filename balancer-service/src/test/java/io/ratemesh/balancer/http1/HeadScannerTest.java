package io.ratemesh.balancer.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http1.Corpus.Case;
import io.ratemesh.balancer.http1.HeadScanner.Progress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadScannerTest {

    private final HeadScanner scanner = new HeadScanner();

    /** Heads alone: those of one request. */
    static Stream<Case> heads() {
        return Corpus.all().filter(request -> request.statuses().size() == 1);
    }

    @ParameterizedTest
    @MethodSource("heads")
    void a_head_in_pieces_gets_the_same_result(Case request) {
        byte[] bytes = request.send().getBytes(ISO_8859_1);
        Progress whole = scanner.scan(bytes, 0, bytes.length);
        HeadScanner inPieces = new HeadScanner();
        Progress last = Progress.MORE_NEEDED;
        for (int to = 0; to <= bytes.length && last == Progress.MORE_NEEDED; to++) {
            last = inPieces.scan(bytes, 0, to);
        }

        assertThat(last).isEqualTo(whole).isNotEqualTo(Progress.MORE_NEEDED);
        assertThat(inPieces.reason()).isEqualTo(scanner.reason());
        if (whole == Progress.COMPLETE) {
            assertThat(inPieces.length()).isEqualTo(scanner.length());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        GE/T / HTTP/1.1~Host: a~~ | METHOD_INVALID
        TRACE / HTTP/1.1~Host: a~~ | METHOD_NOT_ALLOWED
        GET a HTTP/1.1~Host: a~~ | TARGET_INVALID
        GET /.. HTTP/1.1~Host: a~~ | PATH_TRAVERSAL
        GET /~ | VERSION_INVALID
        GET / HTTP/3.0~ | VERSION_NOT_SUPPORTED
        GET / HTTP/1.1~Host: a~ b~~ | FIELD_FOLDED
        GET / HTTP/1.1~Host : a~~ | FIELD_NAME_INVALID
        GET / HTTP/1.1~~ | HOST_MISSING
        GET / HTTP/1.1~Host: a~Host: a~~ | HOST_REPEATED
        GET / HTTP/1.1~Host: a/b~~ | HOST_INVALID
        GET http://b/ HTTP/1.1~Host: a~~ | HOST_DISAGREES
        GET / HTTP/1.1~Host: a~Content-Length: 1_~~ | LENGTH_INVALID
        GET / HTTP/1.1~Content-Length: 1~Content-Length: 1~~ | LENGTH_REPEATED
        GET / HTTP/1.1~Host: a~Content-Length: 1~Transfer-Encoding: chunked~~ | LENGTH_BESIDE_CODING
        GET / HTTP/1.1~Transfer-Encoding: gzip~~ | CODING_NOT_SUPPORTED
        GET / HTTP/1.0~Transfer-Encoding: chunked~~ | CODING_IN_OLD_VERSION
        """)
    void a_rejected_head_has_a_reason(String head, RefusalReason reason) {
        assertThat(scan(head.replace("~", "\r\n"))).isEqualTo(Progress.REJECTED);
        assertThat(scanner.reason()).isEqualTo(reason);
    }

    @Test
    void a_head_has_the_length_of_its_body_and_whether_it_is_the_last() {
        scan("POST /v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n");
        assertThat(scanner.head().contentLength()).isEqualTo(12);
        assertThat(scanner.head().isChunked()).isFalse();
        assertThat(scanner.head().isLast()).isFalse();
        assertThat(scanner.head().isApi()).isTrue();

        scan("HEAD / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: x, close\r\n\r\n");
        assertThat(scanner.head().contentLength()).isZero();
        assertThat(scanner.head().isChunked()).isTrue();
        assertThat(scanner.head().isLast()).isTrue();
        assertThat(scanner.head().isHeadMethod()).isTrue();
        assertThat(scanner.head().isApi()).isFalse();

        scan("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(scanner.head().isChunked()).isFalse();
        assertThat(scanner.head().isLast()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1?x", "/v1/", "/api", "http://a/v1", "http://a/api?x"})
    void a_rejected_request_for_an_API_is_known_as_one(String target) {
        assertThat(scan("GET " + target + " HTTP/1.1\r\n\r\n")).isEqualTo(Progress.REJECTED);
        assertThat(scanner.head().isApi()).isTrue();
    }

    @Test
    void nothing_after_a_head_is_read() {
        String head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

        assertThat(scan(head + "\0\0")).isEqualTo(Progress.COMPLETE);
        assertThat(scanner.length()).isEqualTo(head.length());
    }

    private Progress scan(String head) {
        byte[] bytes = ("xx" + head).getBytes(ISO_8859_1);
        return scanner.scan(bytes, 2, bytes.length);
    }
}
