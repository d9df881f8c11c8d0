package io.ratemesh.converter.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.book.MissedPublications.Step;
import org.junit.jupiter.api.Test;

class MissedPublicationsTest {

    private final MissedPublications missed = new MissedPublications();

    @Test
    void an_announcement_that_is_not_newer_is_ignored() {
        assertThat(missed.announced(5, 5)).isEqualTo(Step.NOTHING);
        assertThat(missed.announced(4, 5)).isEqualTo(Step.NOTHING);
    }

    @Test
    void a_newer_announcement_causes_one_read_at_a_time() {
        assertThat(missed.announced(6, 5)).isEqualTo(Step.READ_AGAIN);
        assertThat(missed.announced(6, 5)).isEqualTo(Step.NOTHING);
        assertThat(missed.readAgain(false)).isEqualTo(Step.NOTHING);
        assertThat(missed.announced(6, 5)).isEqualTo(Step.READ_AGAIN);
    }

    @Test
    void two_missed_publications_in_a_row_mean_a_lost_subscription() {
        missed.announced(6, 5);
        assertThat(missed.readAgain(true)).isEqualTo(Step.NOTHING);
        missed.announced(7, 6);
        assertThat(missed.readAgain(true)).isEqualTo(Step.SUBSCRIBE_AGAIN);
    }

    @Test
    void a_publication_in_between_shows_that_the_subscription_works() {
        missed.announced(6, 5);
        missed.readAgain(true);
        missed.published();
        missed.announced(8, 7);
        assertThat(missed.readAgain(true)).isEqualTo(Step.NOTHING);
    }

    @Test
    void a_book_that_was_only_late_is_not_counted() {
        for (int i = 0; i < 5; i++) {
            missed.announced(6 + i, 5 + i);
            missed.published();
            assertThat(missed.readAgain(false)).isEqualTo(Step.NOTHING);
        }
    }

    @Test
    void subscribing_again_resets_the_count() {
        missed.announced(6, 5);
        missed.readAgain(true);
        missed.announced(7, 6);
        missed.readAgain(true);
        missed.announced(8, 7);
        assertThat(missed.readAgain(true)).isEqualTo(Step.NOTHING);
    }
}
