package io.ratemesh.balancer.scale;

import io.ratemesh.node.settings.ScalerSettings;
import io.ratemesh.node.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The documented defaults, with changes. */
final class ScalerDefaults {

    private ScalerDefaults() {}

    /** Changes such as {@code min=2}. */
    static ScalerSettings with(String... changes) {
        List<String> sets = Stream.concat(Stream.of("enabled=true"), Stream.of(changes))
                .map(change -> "balancer.scaler." + change)
                .toList();
        return Settings.load(Optional.empty(), sets, Map.of()).balancer().scaler();
    }
}
