package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.rates.feed.EcbDay.EcbRate;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcbXmlTest {

    private static final String HEAD = "<g:Envelope xmlns:g='http://www.gesmes.org/xml/2002-08-01'"
            + " xmlns='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'>";

    @Test
    void the_daily_file_is_read_with_its_trailing_zeros() throws Exception {
        List<EcbDay> days = EcbXml.read(file("ecb-eurofxref-daily-2026-07-06.xml"));

        assertThat(days).hasSize(1);
        EcbDay day = days.get(0);
        assertThat(day.date()).isEqualTo("2026-07-06");
        assertThat(day.rates()).hasSize(29);
        assertThat(day.rates()).contains(rate("USD", "1.1415"), rate("HUF", "353.50"), rate("IDR", "20565.38"));
        assertThat(day.unreadable()).isZero();
    }

    @Test
    void the_ninety_days_on_one_line_in_double_quotes_are_read_the_same_way() throws Exception {
        List<EcbDay> days = EcbXml.read(file("ecb-eurofxref-hist-90d-2025-04-04.xml"));

        assertThat(days).hasSizeGreaterThan(60);
        assertThat(days).allSatisfy(day -> assertThat(day.rates()).hasSize(30));
        assertThat(days.get(0).date()).isEqualTo("2025-04-04");
        assertThat(days.get(0).rates()).contains(rate("USD", "1.1057"), rate("BGN", "1.9558"));
        assertThat(days.get(1).date()).isEqualTo("2025-04-03");
    }

    @Test
    void the_feed_has_the_newest_day_whatever_the_order() throws Exception {
        FeedResponse response = ecb().read(xml("<Cube><Cube time='2026-07-03'><Cube currency='USD' rate='1.1'/></Cube>"
                + "<Cube time='2026-07-06'><Cube currency='USD' rate='1.2'/></Cube>"
                + "<Cube time='2026-07-02'><Cube currency='USD' rate='1.3'/></Cube></Cube>"));

        assertThat(response.quotes())
                .containsExactly(new FeedQuote("USD", new BigDecimal("1.2"), Instant.parse("2026-07-06T14:00:00Z")));
    }

    @Test
    void another_prefix_and_other_spacing_are_the_same_file() throws Exception {
        byte[] file = ("<?xml version='1.0'?><x:Envelope xmlns:x='http://www.gesmes.org/xml/2002-08-01'"
                        + " xmlns:e='http://www.ecb.int/vocabulary/2002-08-01/eurofxref'>\n<!-- hello -->"
                        + "<e:Cube >\n\n<e:Cube\ttime = \"2026-07-06\" ><e:Cube rate='1.5'\n currency='USD'>  </e:Cube>"
                        + "</e:Cube></e:Cube></x:Envelope>")
                .getBytes(UTF_8);

        assertThat(EcbXml.read(file))
                .containsExactly(new EcbDay(LocalDate.parse("2026-07-06"), List.of(rate("USD", "1.5")), 0));
    }

    @Test
    void rate_elements_of_another_namespace_are_ignored() {
        byte[] file = xml("<z:Cube xmlns:z='urn:z'><z:Cube time='2026-07-06'><z:Cube currency='USD' rate='1'/></z:Cube>"
                + "</z:Cube>");

        assertThatThrownBy(() -> EcbXml.read(file)).isInstanceOf(UnreadableResponseException.class);
    }

    @Test
    void an_entity_expansion_attack_is_rejected() {
        String bomb = "<!DOCTYPE lolz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>]>";
        byte[] file = (bomb + new String(day("<Cube currency='USD' rate='1.1'/>&d;"), UTF_8)).getBytes(UTF_8);

        assertThatThrownBy(() -> EcbXml.read(file))
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("document type");
    }

    @Test
    void an_external_entity_is_rejected_and_its_file_is_not_read() {
        byte[] file = ("<!DOCTYPE x [<!ENTITY secret SYSTEM 'file:///etc/hostname'>]>"
                        + new String(day("<Cube currency='USD' rate='&secret;'/>"), UTF_8))
                .getBytes(UTF_8);

        assertThatThrownBy(() -> EcbXml.read(file))
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("document type");
    }

    @Test
    void a_file_truncated_anywhere_is_rejected() throws IOException {
        byte[] whole = file("ecb-eurofxref-daily-2026-07-06.xml");
        int end = new String(whole, UTF_8).lastIndexOf('>');

        for (int length = 0; length <= end; length++) {
            byte[] truncated = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> EcbXml.read(truncated))
                    .as("truncated at %s", length)
                    .isInstanceOf(UnreadableResponseException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "{\"rates\":{}}",
                "<html><body>Scheduled maintenance</body></html>",
                "<Envelope xmlns='urn:other'/>",
                "<rss/>"
            })
    void a_file_of_another_kind_is_rejected(String page) {
        assertThatThrownBy(() -> EcbXml.read(page.getBytes(UTF_8))).isInstanceOf(UnreadableResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<Cube/>", "<Cube><Cube/></Cube>", "<Cube><Cube time='yesterday'/></Cube>"})
    void an_envelope_without_a_day_is_rejected(String content) {
        assertThatThrownBy(() -> EcbXml.read(xml(content))).isInstanceOf(UnreadableResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NaN", "Infinity", "N/A", "-", "", "1,5", "1e999999999", "1E-999999999", "0x1p3", "１.5", " 1"})
    void a_rate_that_is_not_a_number_is_skipped_alone(String rate) throws Exception {
        List<EcbDay> days =
                EcbXml.read(day("<Cube currency='USD' rate='" + rate + "'/><Cube currency='JPY' rate='185.31'/>"));

        assertThat(days.get(0).rates()).containsExactly(rate("JPY", "185.31"));
        assertThat(days.get(0).unreadable()).isOne();
    }

    @Test
    void a_line_without_currency_or_rate_is_skipped_alone() throws Exception {
        List<EcbDay> days =
                EcbXml.read(day("<Cube currency='USD'/><Cube rate='1'/><Cube currency='JPY' rate='185.31'/>"));

        assertThat(days.get(0).rates()).containsExactly(rate("JPY", "185.31"));
        assertThat(days.get(0).unreadable()).isEqualTo(2);
    }

    @Test
    void fridays_rate_is_not_stale_on_sunday() {
        Instant friday = Instant.parse("2026-07-03T14:00:00Z");

        Instant staleAt = ecb().staleAt(friday, Duration.ofHours(26));

        assertThat(staleAt).isAfter(Instant.parse("2026-07-05T23:00:00Z"));
        assertThat(staleAt).isEqualTo("2026-07-06T16:00:00Z");
    }

    private static EcbFeed ecb() {
        return new EcbFeed(URI.create("http://127.0.0.1/"), Duration.ofMinutes(1));
    }

    private static EcbRate rate(String currency, String perEuro) {
        return new EcbRate(currency, new BigDecimal(perEuro));
    }

    private static byte[] day(String rates) {
        return xml("<Cube><Cube time='2026-07-06'>" + rates + "</Cube></Cube>");
    }

    private static byte[] xml(String content) {
        return (HEAD + content + "</g:Envelope>").getBytes(UTF_8);
    }

    private static byte[] file(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(EcbXmlTest.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }
}
