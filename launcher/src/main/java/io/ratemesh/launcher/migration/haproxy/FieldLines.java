package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.FieldChanges;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import java.util.Map;
import java.util.Optional;

/** {@code http-request set-header} and its like, as far as they have no condition. */
record FieldLines(FieldChanges requests, FieldChanges responses) {

    private static final Map<String, String> VARIABLES =
            Map.of("%[src]", "${client.address}", "%ci", "${client.address}");

    /** Reads those of a proxy, and settles them. */
    static FieldLines read(HaproxyProxy proxy, SettingsDraft draft) {
        FieldLines lines = new FieldLines(new FieldChanges(), new FieldChanges());
        for (Directive directive : proxy.effective()) {
            if (!draft.isSettled(directive) && !AlwaysOn.includes(directive) && lines.add(directive)) {
                draft.mapped(directive);
            }
        }
        return lines;
    }

    private boolean add(Directive directive) {
        boolean ofRequest = directive.name().equals("http-request");
        if (!ofRequest && !directive.name().equals("http-response")) {
            return false;
        }
        FieldChanges changes = ofRequest ? requests : responses;
        String field = directive.argument(1);
        if (!field.matches("[A-Za-z0-9-]+")) {
            return false;
        }
        int words = directive.words().size();
        if (directive.argument(0).equals("del-header") && words == 3) {
            changes.remove(field);
            return true;
        }
        Optional<String> value = value(directive.argument(2)).filter(ignored -> words == 4);
        switch (directive.argument(0)) {
            case "set-header" -> value.ifPresent(text -> changes.set(field, text));
            case "add-header" -> value.ifPresent(text -> changes.add(field, text));
            default -> {
                return false;
            }
        }
        return value.isPresent();
    }

    /** Sample expressions other than the client's address have no variable. */
    private static Optional<String> value(String format) {
        String variable = VARIABLES.get(format);
        if (variable != null) {
            return Optional.of(variable);
        }
        return Optional.of(format).filter(text -> !text.contains("%") && !text.contains("$"));
    }
}
