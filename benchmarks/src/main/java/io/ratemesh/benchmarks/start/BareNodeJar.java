package io.ratemesh.benchmarks.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * An executable jar that starts {@link BareNode} with the classes of the benchmarks. Its manifest opens the JDK for Hazelcast as
 * those of the services do; options on the command line would do so too, but disable a part of the JDK's own archive.
 */
final class BareNodeJar {

    private BareNodeJar() {}

    /** Writes the jar. */
    static Path write(Path folder) {
        Path benchmarks = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, BareNode.class.getName());
        main.put(Attributes.Name.CLASS_PATH, benchmarks.toUri().toString());
        main.putValue("Add-Exports", "java.base/jdk.internal.ref");
        main.putValue(
                "Add-Opens",
                "java.base/java.lang java.base/sun.nio.ch java.management/sun.management "
                        + "jdk.management/com.sun.management.internal");
        Path jar = folder.resolve("bare-node.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }
}
