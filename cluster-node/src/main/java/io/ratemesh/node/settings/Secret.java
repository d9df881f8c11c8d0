package io.ratemesh.node.settings;

/**
 * A value that is never shown: {@link #toString} hides it.
 *
 * @param value the secret itself
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
