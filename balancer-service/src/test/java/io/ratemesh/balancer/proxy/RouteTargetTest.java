package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.ratemesh.node.settings.HeaderSettings;
import io.ratemesh.node.settings.RouteSettings.Forward;
import io.ratemesh.node.settings.RouteSettings.Rewrite;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTargetTest {

    @ParameterizedTest
    @CsvSource({
        "/shop/a, /a",
        "/shop/, /",
        "/shop, /",
        "/shop?q=/shop, /?q=/shop",
        "/shop/a?q=1, /a?q=1",
        "/shopping, /shopping",
        "/shop//a, //a",
        "*, *",
    })
    void a_prefix_is_removed_as_whole_segments(String target, String changed) {
        Forward route = new Forward("web", "/shop", Optional.empty(), HeaderSettings.NONE, 0, Set.of());

        assertThat(RouteTarget.change(target, route)).isEqualTo(changed);
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/items/42, /item.php?id=42",
        "/shop/items/42?page=2, /item.php?id=42&page=2",
        "/shop/items/42/x, /items/42/x",
        "/shop/other?items/1, /other?items/1",
    })
    void a_path_that_matches_as_a_whole_is_rewritten_after_the_prefix_is_removed(String target, String changed) {
        Rewrite rewrite = new Rewrite(Pattern.compile("/items/(\\d+)"), "/item.php?id=$1");
        Forward route = new Forward("web", "/shop", Optional.of(rewrite), HeaderSettings.NONE, 0, Set.of());

        assertThat(RouteTarget.change(target, route)).isEqualTo(changed);
    }
}
