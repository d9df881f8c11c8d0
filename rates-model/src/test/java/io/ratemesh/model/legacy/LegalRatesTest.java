package io.ratemesh.model.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.Legs;
import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.RateHistory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegalRatesTest {

    /** Regulation (EC) No 2866/98, Article 1, as consolidated to 2026-01-01. */
    @ParameterizedTest
    @CsvSource({
        "ATS, 13.7603, 1999-01-01", "BEF, 40.3399, 1999-01-01", "DEM, 1.95583, 1999-01-01",
        "ESP, 166.386, 1999-01-01", "FIM, 5.94573, 1999-01-01", "FRF, 6.55957, 1999-01-01",
        "IEP, 0.787564, 1999-01-01", "ITL, 1936.27, 1999-01-01", "LUF, 40.3399, 1999-01-01",
        "NLG, 2.20371, 1999-01-01", "PTE, 200.482, 1999-01-01", "GRD, 340.750, 2001-01-01",
        "SIT, 239.640, 2007-01-01", "CYP, 0.585274, 2008-01-01", "MTL, 0.429300, 2008-01-01",
        "SKK, 30.1260, 2009-01-01", "EEK, 15.6466, 2011-01-01", "LVL, 0.702804, 2014-01-01",
        "LTL, 3.45280, 2015-01-01", "HRK, 7.53450, 2023-01-01", "BGN, 1.95583, 2026-01-01"
    })
    void the_rate_is_that_of_the_regulation_from_the_day_of_the_euro_on(String code, String perEuro, LocalDate since) {
        assertThat(LegalRates.of(code)).contains(new LegalRate(code, new BigDecimal(perEuro), since));
        assertThat(LegalRates.appliesOn(code, since)).isTrue();
        assertThat(LegalRates.appliesOn(code, since.minusDays(1))).isFalse();
        assertThat(Currencies.find(code).flatMap(Currency::withdrawn)).isPresent();
    }

    @Test
    void there_are_twenty_one() {
        assertThat(LegalRates.all()).hasSize(21);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "USD", "CZK", "DKK", "TRL", "XEU", "dem", ""})
    void other_currencies_have_none(String code) {
        assertThat(LegalRates.of(code)).isEmpty();
        assertThat(LegalRates.appliesOn(code, LocalDate.of(2026, 7, 6))).isFalse();
    }

    @Test
    void conversion_divides_by_the_rate_and_never_multiplies_by_an_inverse() {
        BigDecimal lev = LegalRates.of("BGN").orElseThrow().perEuro();

        // By 0.511292, the inverse at six digits, it would be 511292.00.
        assertThat(new Legs(lev, BigDecimal.ONE).convert(new BigDecimal("1000000"), 2, RoundingMode.HALF_UP))
                .isEqualTo(new BigDecimal("511291.88"));
    }

    @Test
    void one_replaced_currency_converts_to_another_through_the_euro() {
        Legs markToLira = new Legs(
                LegalRates.of("DEM").orElseThrow().perEuro(),
                LegalRates.of("ITL").orElseThrow().perEuro());

        // 100 ÷ 1.95583 × 1936.27 = 98999.91...
        assertThat(markToLira.convert(new BigDecimal("100"), 0, RoundingMode.HALF_UP))
                .isEqualTo(new BigDecimal("99000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CYP", "MTL", "SKK", "EEK", "LVL", "LTL", "HRK", "BGN", "SIT"})
    void the_last_market_rate_was_close_to_the_legal_rate(String code) {
        RateHistory history = BundledHistory.load();
        LegalRate law = LegalRates.of(code).orElseThrow();
        LocalDate last = history.lastDay(code).orElseThrow();
        BigDecimal market = history.perEuro(code, last).orElseThrow();

        assertThat(last).isBefore(law.since()).isAfter(law.since().minusDays(8));
        assertThat(market.subtract(law.perEuro()).abs())
                .isLessThan(law.perEuro().movePointLeft(2));
    }

    @Test
    void a_rate_without_six_significant_digits_is_rejected() {
        assertThatThrownBy(() -> new LegalRate("DEM", new BigDecimal("1.9558"), LocalDate.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
