package io.ratemesh.converter.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.book.MissedPublications.Step;
import org.junit.jupiter.api.Test;

class MissedPublicationsTest {

    private final MissedPublications missed = new MissedPublications();

    @Test
    void an_announcement_that_is_not_newer_means_nothing() {
        assertThat(missed.announced(5, 5)).isEqualTo(Step.NOTHING);
        assertThat(missed.announced(4, 5)).isEqualTo(Step.NOTHING);
    }

    @Test
    void a_newer_announcement_is_looked_up_once_at_a_time() {
        assertThat(missed.announced(6, 5)).isEqualTo(Step.READ_AGAIN);
        assertThat(missed.announced(6, 5)).isEqualTo(Step.NOTHING);
        assertThat(missed.readAgain(false)).isEqualTo(Step.NOTHING);
        assertThat(missed.announced(6, 5)).isEqualTo(Step.READ_AGAIN);
    }

    @Test
    void missing_one_is_chance_and_missing_two_is_a_lost_subscription() {
        missed.announced(6, 5);
        assertThat(missed.readAgain(true)).isEqualTo(Step.NOTHING);
        missed.announced(7, 6);
        assertThat(missed.readAgain(true)).isEqualTo(Step.SUBSCRIBE_AGAIN);
    }

    @Test
    void a_publication_in_between_shows_that_the_subscription_lives() {
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
    void after_subscribing_again_the_count_begins_anew() {
        missed.announced(6, 5);
        missed.readAgain(true);
        missed.announced(7, 6);
        missed.readAgain(true);
        missed.announced(8, 7);
        assertThat(missed.readAgain(true)).isEqualTo(Step.NOTHING);
    }
}
