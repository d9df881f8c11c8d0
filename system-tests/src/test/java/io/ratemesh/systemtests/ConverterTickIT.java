package io.ratemesh.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.Clip;
import io.ratemesh.systemtests.browser.Chromium;
import io.ratemesh.systemtests.browser.ConverterPage;
import io.ratemesh.systemtests.browser.ConverterPage.Visitor;
import io.ratemesh.systemtests.browser.KeptPictures;
import io.ratemesh.systemtests.browser.MovingPicture;
import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.process.Workspace;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Makes the moving picture of the converter page, with simulated rates. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@EnabledIfSystemProperty(
        named = KeptPictures.PROPERTY,
        matches = KeptPictures.KEEP,
        disabledReason = "makes a picture for the documentation")
class ConverterTickIT {

    private static final int TICKS = 12;
    private static final double TICK_MILLIS = 20_000;

    @Test
    void rates_that_tick_are_made_into_a_moving_picture(@TempDir Path frames) throws Exception {
        MovingPicture picture = new MovingPicture(frames);
        try (Chromium chromium = new Chromium();
                ClusterUnderTest cluster = new ClusterUnderTest("tick", Feeds.simulated()).up(1);
                ConverterPage page = ConverterPage.open(
                        chromium.browser(), cluster.uri(), "/?from=EUR&to=USD&amount=1000000", Visitor.AT_A_DESK)) {
            assertThat(page.result()).not().isEmpty();
            for (int i = 0; i < TICKS; i++) {
                picture.add(page.page().screenshot(new Page.ScreenshotOptions().setClip(new Clip(0, 0, 1280, 640))));
                assertThat(page.result())
                        .not()
                        .hasValue(
                                page.result().inputValue(),
                                new LocatorAssertions.HasValueOptions().setTimeout(TICK_MILLIS));
            }
        }
        picture.write(Workspace.module("docs").resolve("images/converter-tick.webp"), 700);
    }
}
