package io.ratemesh.node.lifecycle;

/** The version of this build. */
public final class BuildInfo {

    private BuildInfo() {}

    /** The version in the manifest of the jar; {@code development} without a jar. */
    public static String version() {
        String version = BuildInfo.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
