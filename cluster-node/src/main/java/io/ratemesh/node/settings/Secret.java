package io.ratemesh.node.settings;

/**
 * A value that must not be shown: its text is never its value.
 *
 * @param value the secret itself
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
