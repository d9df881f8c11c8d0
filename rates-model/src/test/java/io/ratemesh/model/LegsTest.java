package io.ratemesh.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

/** The arithmetic itself is held to its promises through {@link CrossRate}, which is made of it. */
class LegsTest {

    @Test
    void aResultIsOneMultiplicationAndOneDivision() {
        Legs rupiahToDollar = new Legs(new BigDecimal("20565.38"), new BigDecimal("1.1415"));

        // Through a rate of six decimals it would be 8288.00.
        assertThat(rupiahToDollar.convert(new BigDecimal("148000000"), 2, RoundingMode.HALF_EVEN))
                .isEqualTo(new BigDecimal("8214.87"));
    }

    @Test
    void aLegThatIsNotAboveZeroIsRefused() {
        assertThatThrownBy(() -> new Legs(BigDecimal.ZERO, BigDecimal.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Legs(BigDecimal.ONE, new BigDecimal("-1")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
