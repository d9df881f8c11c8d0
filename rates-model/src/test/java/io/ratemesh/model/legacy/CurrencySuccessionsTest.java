package io.ratemesh.model.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.RateHistory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrencySuccessionsTest {

    @ParameterizedTest
    @CsvSource({
        "TRL, TRY, 1000000, 2005-01-01", "ROL, RON, 10000, 2005-07-01", "BGL, BGN, 1000, 1999-07-05",
        "MZM, MZN, 1000, 2006-07-01", "AZM, AZN, 5000, 2006-01-01", "GHC, GHS, 10000, 2007-07-01",
        "BYR, BYN, 10000, 2016-07-01", "MRO, MRU, 10, 2018-01-01", "STD, STN, 1000, 2018-01-01",
        "VEF, VES, 100000, 2018-08-20", "SLL, SLE, 1000, 2022-07-01", "ZMK, ZMW, 1000, 2013-01-01",
        "TMM, TMT, 5000, 2009-01-01", "SDD, SDG, 100, 2007-01-10", "ANG, XCG, 1, 2025-03-31",
        "ZWL, ZWG, 2498.7242, 2024-04-05", "HRK, EUR, 7.53450, 2023-01-01", "BGN, EUR, 1.95583, 2026-01-01",
        "DEM, EUR, 1.95583, 1999-01-01"
    })
    void a_withdrawn_currency_has_a_successor(String code, String successor, String units, LocalDate since) {
        assertThat(CurrencySuccessions.successor(code)).contains(successor);
        assertThat(CurrencySuccessions.of(code))
                .contains(new CurrencySuccession(
                        code, successor, Optional.of(new BigDecimal(units)), Optional.of(since)));
    }

    @Test
    void the_convertible_peso_of_cuba_was_exchanged_at_more_than_one_rate() {
        assertThat(CurrencySuccessions.of("CUC")).hasValueSatisfying(peso -> {
            assertThat(peso.successor()).isEqualTo("CUP");
            assertThat(peso.unitsPerSuccessor()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "USD", "TRY", "XAU", "RUB", ""})
    void a_currency_in_use_has_none(String code) {
        assertThat(CurrencySuccessions.successor(code)).isEmpty();
    }

    @Test
    void every_predecessor_is_withdrawn_and_every_chain_ends_in_a_currency_in_use() {
        assertThat(CurrencySuccessions.all()).hasSizeGreaterThan(60).allSatisfy(succession -> {
            assertThat(Currencies.find(succession.predecessor()).flatMap(Currency::withdrawn))
                    .as("%s", succession)
                    .isPresent();
            Set<String> seen = new HashSet<>();
            String code = succession.predecessor();
            while (CurrencySuccessions.successor(code).isPresent()) {
                assertThat(seen.add(code)).as("%s is in a cycle", code).isTrue();
                code = CurrencySuccessions.successor(code).orElseThrow();
            }
            assertThat(Currencies.find(code))
                    .hasValueSatisfying(last ->
                            assertThat(last.withdrawn()).as("%s", last.code()).isEmpty());
        });
    }

    /** The two redenominations in the file of the ECB: the market rate changed by a few percent at most. */
    @ParameterizedTest
    @ValueSource(strings = {"TRL", "ROL"})
    void the_market_agrees_with_the_factor(String code) {
        RateHistory history = BundledHistory.load();
        CurrencySuccession succession = CurrencySuccessions.of(code).orElseThrow();
        BigDecimal before = history.perEuro(code, history.lastDay(code).orElseThrow())
                .orElseThrow()
                .divide(succession.unitsPerSuccessor().orElseThrow(), MathContext.DECIMAL128);
        String successor = succession.successor();
        BigDecimal after = history.perEuro(
                        successor, history.firstDay(successor).orElseThrow())
                .orElseThrow();

        assertThat(after.subtract(before).abs()).isLessThan(before.multiply(new BigDecimal("0.05")));
    }
}
