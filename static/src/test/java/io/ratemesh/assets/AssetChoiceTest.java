package io.ratemesh.assets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AssetChoiceTest {
    private static final String NOTHING = "406";

    private final Asset full = asset(Set.of(Encoding.values()));
    private final Asset gzipOnly = asset(Set.of(Encoding.GZIP));
    private final Asset plain = asset(Set.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gzip, deflate, br, zstd          | br
                    gzip, zstd                       | zstd
                    gzip;q=1.0, br;q=0.9             | gzip
                    br;q=0.001, zstd;q=0.002         | zstd
                    br;q=0, zstd;q=0.000, gzip;q=0.1 | gzip
                    GZIP                             | gzip
                    x-gzip                           | gzip
                    br ; Q=0.5 , gzip;q=0.4          | br
                    *                                | br
                    *, br;q=0                        | zstd
                    *;q=0.5, gzip                    | gzip
                    """)
    void the_highest_weight_wins_and_between_equals_the_smaller_coding(String header, String expected) {
        assertThat(chosen(full, header)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gzip;q=0.5, identity         | identity
                    gzip;q=0.5, identity;q=0.5   | gzip
                    gzip;q=0.5, identity;q=0.4   | gzip
                    identity                     | identity
                    deflate                      | identity
                    gzip;q=0                     | identity
                    gzip;q=0, identity;q=0       | 406
                    gzip;q=0, *;q=0              | 406
                    *;q=0                        | 406
                    *;q=0, identity;q=0.1        | identity
                    *;q=0, gzip                  | gzip
                    br, identity;q=0             | 406
                    """)
    void plain_is_sent_if_no_coding_is_preferred_and_it_is_not_excluded(String header, String expected) {
        assertThat(chosen(gzipOnly, header)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "gzip;q=1.5",
                "gzip;q=-1",
                "gzip;q=0.1234",
                "gzip;q=",
                "g zip",
                ";q=1",
                "gzip;level=9"
            })
    void invalid_members_are_ignored(String header) {
        assertThat(chosen(gzipOnly, header)).isEqualTo("identity");
    }

    @Test
    void an_invalid_member_does_not_affect_the_others() {
        assertThat(chosen(full, "br;q=high, zstd")).isEqualTo("zstd");
    }

    @Test
    void a_client_without_the_field_gets_the_plain_bytes() {
        assertThat(chosen(full, null)).isEqualTo("identity");
    }

    @Test
    void an_asset_that_did_not_compress_is_sent_plain() {
        assertThat(chosen(plain, "br, zstd, gzip")).isEqualTo("identity");
    }

    @Test
    void every_representation_has_its_own_strong_tag() {
        assertThat(full.representations()).hasSize(4);
        assertThat(full.representations()).extracting(Representation::etag).doesNotHaveDuplicates();
        assertThat(full.representations())
                .extracting(Representation::etag)
                .allSatisfy(etag -> assertThat(etag).matches("\"[a-z0-9-]+\""));
    }

    private static String chosen(Asset asset, @Nullable String header) {
        return asset.choose(header)
                .map(representation ->
                        representation.encoding().map(Encoding::token).orElse("identity"))
                .orElse(NOTHING);
    }

    private static Asset asset(Set<Encoding> encodings) {
        Map<Encoding, byte[]> encoded = new EnumMap<>(Encoding.class);
        encodings.forEach(encoding -> encoded.put(encoding, encoding.token().getBytes(UTF_8)));
        return new Asset(new IndexEntry("/a.js", "text/javascript", true, "0a1b", encodings), new byte[4], encoded);
    }
}
