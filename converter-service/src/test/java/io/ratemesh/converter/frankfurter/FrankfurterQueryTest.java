package io.ratemesh.converter.frankfurter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ratemesh.converter.http.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrankfurterQueryTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "&", "unknown=1", "_=1700000000&access_key=x"})
    void unknown_parameters_are_ignored(String raw) {
        assertThat(FrankfurterQuery.read(raw)).isEqualTo(new FrankfurterQuery(BigDecimal.ONE, "EUR", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "base=usd, USD",
        "from=usd, USD",
        "base=GBP&from=usd, USD",
        "base=GBP&base=CHF, CHF",
        "base=, ''",
        "base=%C4%B1DR, \u0131DR",
    })
    void the_older_name_of_the_base_outranks_the_newer(String raw, String base) {
        assertThat(FrankfurterQuery.read(raw).base()).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(strings = {"symbols=usd,GBP", "to=usd,GBP", "symbols=CHF&to=usd,GBP", "to=USD%2CGBP"})
    void the_older_name_of_the_symbols_outranks_the_newer(String raw) {
        assertThat(FrankfurterQuery.read(raw).symbols()).contains(List.of("USD", "GBP"));
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "10.50, 10.5", "007, 7", "1e-7, 0.0000001", "1E3, 1000", "1e%2B21, 1000000000000000000000"})
    void an_amount_is_read_exactly(String text, String amount) {
        assertThat(FrankfurterQuery.read("amount=" + text).amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "0.00", "-1", "abc", "1,5", "2x", "NaN", "1e30", "1e-19", "1e999", "1e999999999", "0e5"
            })
    void an_invalid_amount_is_rejected(String text) {
        assertRejected("amount=" + text, "invalid amount");
    }

    @Test
    void a_currency_against_itself_is_rejected() {
        assertRejected("base=USD&symbols=usd", "bad currency pair");
        assertRejected("from=EUR&to=EUR", "bad currency pair");
        assertThat(FrankfurterQuery.read("from=USD&to=USD,EUR").symbols()).isPresent();
    }

    @Test
    void an_invalid_encoding_is_rejected() {
        assertRejected("base=%ZZ", "invalid query");
    }

    private static void assertRejected(String raw, String message) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> FrankfurterQuery.read(raw))
                .withMessage(message);
    }
}
