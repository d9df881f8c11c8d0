package io.ratemesh.converter.frankfurter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.Legs;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagnitudeRoundingTest {

    @ParameterizedTest
    @CsvSource({
        "5000.5, 5001",
        "5001.5, 5002",
        "5000.0000001, 5000",
        "5000, 5000.0",
        "80.125, 80.12",
        "80.135, 80.14",
        "80.0001, 80.0",
        "80, 80.0",
        "20.0625, 20.062",
        "20, 20.0",
        "1.03125, 1.0312",
        "1.00001, 1.0",
        "1, 1.0",
        "0.015625, 0.01562",
        "0.00010001, 0.0001",
        "0.0001, 0.0001",
        "0.00005678, 0.000057",
        "0.0000005, 0.0",
        "0.0000015, 0.000002",
        "123456789012345678901234567890.5, 123456789012345678901234567891",
    })
    void a_result_is_rounded_by_its_size_and_written_as_frankfurter_does(String exact, String written) {
        BigDecimal rounded = MagnitudeRounding.convert(BigDecimal.ONE, new Legs(BigDecimal.ONE, new BigDecimal(exact)));

        assertThat(DayWriter.rounded(rounded)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        // 148,000,000 × 1.1415 ÷ 20565.38: through a rate rounded to 6 decimals it would be 8288.
        "148000000, 20565.38, 1.1415, 8215",
        "3, 3, 1, 1.0",
        "1, 3, 1, 0.33333",
    })
    void a_result_is_rounded_once_and_not_its_rate(String amount, String from, String to, String written) {
        BigDecimal rounded =
                MagnitudeRounding.convert(new BigDecimal(amount), new Legs(new BigDecimal(from), new BigDecimal(to)));

        assertThat(DayWriter.rounded(rounded)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "10.00, 10.0", "20565.38, 20565.38", "185, 185.0", "1E+3, 1000.0", "0.0000001, 0.0000001"})
    void a_decimal_has_at_least_one_decimal_place(String value, String written) {
        assertThat(DayWriter.decimal(new BigDecimal(value))).isEqualTo(written);
    }
}
