package io.ratemesh.systemtests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.ratemesh.systemtests.architecture.BuiltClasses.Module.BALANCER_SERVICE;
import static io.ratemesh.systemtests.architecture.BuiltClasses.Module.CLUSTER_NODE;
import static io.ratemesh.systemtests.architecture.BuiltClasses.Module.CONVERTER_SERVICE;
import static io.ratemesh.systemtests.architecture.BuiltClasses.Module.LAUNCHER;
import static io.ratemesh.systemtests.architecture.BuiltClasses.Module.RATES_MODEL;
import static io.ratemesh.systemtests.architecture.BuiltClasses.Module.RATES_SERVICE;
import static io.ratemesh.systemtests.architecture.BuiltClasses.Module.STATIC;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import io.ratemesh.systemtests.architecture.BuiltClasses.Module;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitectureTest {

    private static final JavaClasses ALL = BuiltClasses.all();
    private static final Map<Module, JavaClasses> BY_MODULE = BuiltClasses.byModule();

    /** The other modules that each module may import. */
    static Stream<Arguments> allowed() {
        return Stream.of(
                Arguments.of(RATES_MODEL, EnumSet.noneOf(Module.class)),
                Arguments.of(CLUSTER_NODE, EnumSet.of(RATES_MODEL)),
                Arguments.of(STATIC, EnumSet.noneOf(Module.class)),
                Arguments.of(RATES_SERVICE, EnumSet.of(RATES_MODEL, CLUSTER_NODE)),
                Arguments.of(CONVERTER_SERVICE, EnumSet.of(RATES_MODEL, CLUSTER_NODE)),
                Arguments.of(BALANCER_SERVICE, EnumSet.of(RATES_MODEL, CLUSTER_NODE, STATIC)),
                Arguments.of(LAUNCHER, EnumSet.noneOf(Module.class)));
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void a_module_imports_of_ours_only_what_it_may(Module module, Set<Module> allowed) {
        String[] own = Stream.concat(Stream.of(module), allowed.stream())
                .map(Module::packages)
                .toArray(String[]::new);

        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.ratemesh..").and(DescribedPredicate.not(resideInAnyPackage(own))))
                .check(classesOf(module));
    }

    @ParameterizedTest
    @EnumSource
    void a_module_keeps_to_its_own_package(Module module) {
        classes().should().resideInAPackage(module.packages()).check(classesOf(module));
    }

    @Test
    void the_rate_model_needs_nothing_but_Java() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(RATES_MODEL.packages(), "java..", "org.jspecify.."))
                .check(classesOf(RATES_MODEL));
    }

    @Test
    void the_rate_model_touches_no_network_and_no_file() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels.."))
                .orShould()
                .dependOnClassesThat(
                        describe("are files", type -> type.getName().startsWith("java.io.File")))
                .check(classesOf(RATES_MODEL));
    }

    @Test
    void a_double_touches_no_rate_and_no_amount() {
        noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "are binary fractions",
                        type -> Set.of("double", "float", "java.lang.Double", "java.lang.Float")
                                .contains(type.getName())))
                .orShould()
                .callMethod(java.math.BigDecimal.class, "doubleValue")
                .orShould()
                .callConstructor(java.math.BigDecimal.class, double.class)
                .check(classesOf(RATES_MODEL));
    }

    @Test
    void what_packs_the_assets_is_not_there_when_they_are_served() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ratemesh.assets.build..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.ratemesh.assets.build..")
                .check(ALL);
    }

    @Test
    void native_coders_are_used_for_packing_and_in_one_class_of_the_balancer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ratemesh.assets.build..")
                .and()
                .doNotHaveFullyQualifiedName("io.ratemesh.balancer.compression.ContentCoders")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.aayushatharva..", "com.github.luben..")
                .check(ALL);
    }

    @Test
    void packages_depend_on_each_other_in_one_direction() {
        slices().matching("io.ratemesh.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void one_package_of_the_balancer_and_one_class_of_the_converter_and_of_a_node_rely_on_the_internals_of_Vertx() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ratemesh.balancer.vertx")
                .and()
                .doNotHaveFullyQualifiedName("io.ratemesh.converter.stream.ResponseSink")
                .and()
                .doNotHaveFullyQualifiedName("io.ratemesh.node.cluster.HazelcastClustering")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.vertx..impl..", "io.vertx..internal..", "io.vertx..spi..")
                        // The cluster manager's public API is in a package of that name.
                        .and(DescribedPredicate.not(resideInAnyPackage("io.vertx.spi.cluster.hazelcast"))))
                .check(ALL);
    }

    @Test
    void the_package_for_the_internals_of_Vertx_knows_nothing_of_the_balancer() {
        noClasses()
                .that()
                .resideInAPackage("io.ratemesh.balancer.vertx")
                .should()
                .dependOnClassesThat(resideInAnyPackage(BALANCER_SERVICE.packages())
                        .and(DescribedPredicate.not(resideInAnyPackage("io.ratemesh.balancer.vertx"))))
                .check(classesOf(BALANCER_SERVICE));
    }

    @Test
    void names_of_classes_have_no_filler_suffix() {
        noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)").check(ALL);
    }

    @Test
    void no_name_of_a_class_occurs_twice() {
        Map<String, List<String>> byName = ALL.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));
        assertThat(byName.values())
                .isNotEmpty()
                .allSatisfy(names -> assertThat(names).hasSize(1));
    }

    @Test
    void every_package_promises_to_be_null_marked() {
        assertThat(ALL.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allMatch(itsPackage -> nullMarked(itsPackage), "has a package-info with @NullMarked");
    }

    private static boolean nullMarked(JavaPackage itsPackage) {
        return itsPackage.isAnnotatedWith(NullMarked.class);
    }

    private static JavaClasses classesOf(Module module) {
        JavaClasses classes = BY_MODULE.get(module);
        if (classes == null) {
            throw new AssertionError("not imported: " + module + " of " + Arrays.toString(Module.values()));
        }
        return classes;
    }
}
