package io.ratemesh.systemtests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.ratemesh.systemtests.process.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The classes of every module, from its compiler output; the jars of the services contain those of other modules too. */
final class BuiltClasses {

    private BuiltClasses() {}

    /** A module and the package that is its own. */
    enum Module {
        RATES_MODEL("rates-model", "io.ratemesh.model"),
        CLUSTER_NODE("cluster-node", "io.ratemesh.node"),
        STATIC("static", "io.ratemesh.assets"),
        RATES_SERVICE("rates-service", "io.ratemesh.rates"),
        CONVERTER_SERVICE("converter-service", "io.ratemesh.converter"),
        BALANCER_SERVICE("balancer-service", "io.ratemesh.balancer"),
        LAUNCHER("launcher", "io.ratemesh.launcher");

        private final String folder;
        private final String itsPackage;

        Module(String folder, String itsPackage) {
            this.folder = folder;
            this.itsPackage = itsPackage;
        }

        /** Its package and those below, as ArchUnit writes it. */
        String packages() {
            return itsPackage + "..";
        }

        private Path classes() {
            Path classes = Workspace.module(folder).resolve("target/classes");
            if (!Files.isDirectory(classes.resolve(itsPackage.replace('.', '/')))) {
                throw new AssertionError(classes + " holds no " + itsPackage + ": ./mvnw compile");
            }
            return classes;
        }
    }

    static Map<Module, JavaClasses> byModule() {
        Map<Module, JavaClasses> classes = new EnumMap<>(Module.class);
        for (Module module : Module.values()) {
            classes.put(module, new ClassFileImporter().importPath(module.classes()));
        }
        return classes;
    }

    static JavaClasses all() {
        Collection<Path> folders =
                Arrays.stream(Module.values()).map(Module::classes).toList();
        return new ClassFileImporter().importPaths(folders);
    }
}
