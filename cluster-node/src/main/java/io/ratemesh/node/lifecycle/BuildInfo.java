package io.ratemesh.node.lifecycle;

/** The release this process was built as. */
public final class BuildInfo {

    private BuildInfo() {}

    /** The version in the manifest of the jar; {@code development} where it runs from classes. */
    public static String version() {
        String version = BuildInfo.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
