package io.ratemesh.systemtests.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** The executable jars. */
public enum ServiceJar {
    RATES("rates-service"),
    CONVERTER("converter-service"),
    BALANCER("balancer-service");

    private final String module;

    ServiceJar(String module) {
        this.module = module;
    }

    /** The jar as it was packaged. */
    public Path path() {
        Path jar = Workspace.module(module).resolve("target").resolve(module + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError(jar + " is not built: ./mvnw package -DskipTests");
        }
        return jar;
    }

    /** The name it gives itself. */
    public String commandName() {
        return module;
    }
}
