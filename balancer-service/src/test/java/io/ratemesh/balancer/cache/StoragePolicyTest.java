package io.ratemesh.balancer.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoragePolicyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | Cache-Control: max-age=1 | | false | true",
                "404 | Cache-Control: s-maxage=1 | | false | true",
                "302 | Cache-Control: max-age=1 | | false | true",
                "206 | Cache-Control: max-age=1 | | false | false",
                "304 | Cache-Control: max-age=1 | | false | false",
                "500 | Cache-Control: max-age=1 | | false | false",
                "200 | ETag: \"a\" | | false | false",
                "200 | Cache-Control: public | | false | false",
                "200 | Cache-Control: max-age=0 | | false | false",
                "200 | Cache-Control: max-age=5; Age: 5 | | false | false",
                "200 | Cache-Control: max-age=0, stale-while-revalidate=9 | | false | true",
                "200 | Cache-Control: max-age=0, stale-if-error=9 | | false | true",
                "200 | Cache-Control: max-age=0, stale-if-error=9, must-revalidate | | false | false",
                "200 | Cache-Control: max-age=1, no-store | | false | false",
                "200 | Cache-Control: max-age=1, no-cache | | false | false",
                "200 | Cache-Control: max-age=1, private | | false | false",
                "200 | Cache-Control: max-age=1, private=\"X-A\" | | false | false",
                "200 | Cache-Control: max-age=1 | no-store | false | false",
                "200 | Cache-Control: max-age=1 | no-cache | false | true",
                "200 | Cache-Control: max-age=1 | | true | false",
                "200 | Cache-Control: max-age=1, public | | true | true",
                "200 | Cache-Control: s-maxage=1 | | true | true",
                "200 | Cache-Control: max-age=1, must-revalidate | | true | true",
                "200 | Cache-Control: public, max-age=1; Set-Cookie: a=b | | false | false",
                "200 | Cache-Control: max-age=1; Content-Range: bytes 0-1/2 | | false | false",
                "200 | Cache-Control: max-age=1; Content-Type: Text/Event-Stream | | false | false",
                "200 | Cache-Control: max-age=1; Vary: Accept, X-A | | false | true",
                "200 | Cache-Control: max-age=1; Vary: Accept, * | | false | false",
                "200 | Cache-Control: max-age=1; Vary: X-Forwarded-For | | false | false",
            })
    void only_what_the_server_explicitly_allows_is_stored(
            int status, String response, @Nullable String request, boolean authorized, boolean stored) {
        HttpHeaders head = FreshnessTest.fields(response);
        CacheControl control = FreshnessTest.control(head);

        assertThat(StoragePolicy.allows(
                        status,
                        head,
                        CacheControl.of(request == null ? List.of() : List.of(request)),
                        control,
                        authorized,
                        Freshness.of(head, control, 0, 0, Instant.EPOCH)))
                .isEqualTo(stored);
    }
}
