package io.ratemesh.converter.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.book.MissedPublications.Step;
import org.junit.jupiter.api.Test;

class MissedPublicationsTest {

    private final MissedPublications missed = new MissedPublications();

    @Test
    void anAnnouncementThatIsNotNewerMeansNothing() {
        assertThat(missed.heard(5, 5)).isEqualTo(Step.NOTHING);
        assertThat(missed.heard(4, 5)).isEqualTo(Step.NOTHING);
    }

    @Test
    void aNewerAnnouncementIsLookedUpOnceAtATime() {
        assertThat(missed.heard(6, 5)).isEqualTo(Step.READ_AGAIN);
        assertThat(missed.heard(6, 5)).isEqualTo(Step.NOTHING);
        assertThat(missed.readAgain(false)).isEqualTo(Step.NOTHING);
        assertThat(missed.heard(6, 5)).isEqualTo(Step.READ_AGAIN);
    }

    @Test
    void missingOneIsChanceAndMissingTwoIsALostSubscription() {
        missed.heard(6, 5);
        assertThat(missed.readAgain(true)).isEqualTo(Step.NOTHING);
        missed.heard(7, 6);
        assertThat(missed.readAgain(true)).isEqualTo(Step.SUBSCRIBE_AGAIN);
    }

    @Test
    void aPublicationInBetweenShowsThatTheSubscriptionLives() {
        missed.heard(6, 5);
        missed.readAgain(true);
        missed.published();
        missed.heard(8, 7);
        assertThat(missed.readAgain(true)).isEqualTo(Step.NOTHING);
    }

    @Test
    void aBookThatWasOnlyLateIsNotCounted() {
        for (int i = 0; i < 5; i++) {
            missed.heard(6 + i, 5 + i);
            missed.published();
            assertThat(missed.readAgain(false)).isEqualTo(Step.NOTHING);
        }
    }

    @Test
    void afterSubscribingAgainTheCountBeginsAnew() {
        missed.heard(6, 5);
        missed.readAgain(true);
        missed.heard(7, 6);
        missed.readAgain(true);
        missed.heard(8, 7);
        assertThat(missed.readAgain(true)).isEqualTo(Step.NOTHING);
    }
}
