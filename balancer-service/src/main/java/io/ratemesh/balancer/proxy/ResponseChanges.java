package io.ratemesh.balancer.proxy;

import io.ratemesh.node.settings.HeaderSettings;
import io.ratemesh.node.settings.TextTemplate.Variable;
import io.vertx.core.MultiMap;
import java.util.function.Function;

/** Changes the fields of the responses of a route. */
public final class ResponseChanges {

    private final HeaderSettings settings;

    public ResponseChanges(HeaderSettings settings) {
        this.settings = settings;
    }

    /** Removes, sets and adds fields. */
    public void apply(Function<Variable, String> variables, MultiMap fields) {
        settings.remove().forEach(fields::remove);
        settings.set().forEach(field -> fields.set(field.name(), field.value().render(variables)));
        settings.add().forEach(field -> fields.add(field.name(), field.value().render(variables)));
    }
}
