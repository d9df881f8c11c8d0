package io.ratemesh.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrenciesTest {

    @ParameterizedTest
    @CsvSource({
        "JPY, 0", "KRW, 0", "USD, 2", "EUR, 2", "KWD, 3", "BHD, 3", "CLF, 4", "UYW, 4", "XAU, 6", "XDR, 6", "XAG, 6"
    })
    void a_currency_has_the_decimals_of_iso4217(String code, int scale) {
        assertThat(Currencies.find(code).orElseThrow().scale()).isEqualTo(scale);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XAD", "XCG", "VED", "ZWG", "SLE"})
    void codes_that_the_jdk_lacks_or_may_lack_are_known(String code) {
        assertThat(Currencies.find(code)).hasValueSatisfying(currency -> {
            assertThat(currency.code()).isEqualTo(code);
            assertThat(currency.withdrawn()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"BGN, 2026-01", "HRK, 2023-01", "DEM, 2002-03", "ZWL, 2024-09", "ANG, 2025-03"})
    void a_withdrawn_currency_is_known_with_its_date(String code, String withdrawn) {
        assertThat(Currencies.find(code).orElseThrow().withdrawn()).contains(withdrawn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "USD", "JPY", "GBP", "CHF", "CNY", "SEK", "TRY", "XAU"})
    void a_currency_in_use_is_not_withdrawn(String code) {
        assertThat(Currencies.find(code).orElseThrow().withdrawn()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"usd", "Usd", "uSD", "USD"})
    void codes_are_read_in_any_case(String code) {
        assertThat(Currencies.find(code)).map(Currency::code).contains("USD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "U", "US", "USDT", "BTC", "US ", "U$D", "EURO", "ＵＳＤ", "ﬁm", "ıdr"})
    void a_code_that_iso_never_listed_is_unknown(String code) {
        assertThat(Currencies.find(code)).isEmpty();
    }

    @Test
    void every_entry_is_well_formed_and_in_order() {
        assertThat(Currencies.all().stream().map(Currency::code).toList())
                .hasSizeGreaterThan(250)
                .isSorted();
        assertThat(Currencies.all()).allSatisfy(currency -> {
            assertThat(currency.code()).matches("[A-Z]{3}");
            assertThat(currency.number().orElse("000")).matches("[0-9]{3}");
            assertThat(currency.scale()).isBetween(0, 6);
            assertThat(currency.name()).isNotBlank().isEqualTo(currency.name().strip());
        });
    }

    @Test
    void the_euro_is_number978() {
        assertThat(Currencies.find("EUR").orElseThrow())
                .extracting(euro -> euro.number().orElse(""), Currency::name)
                .containsExactly("978", "Euro");
    }
}
