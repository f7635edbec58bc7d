package io.computronium.node.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The laws that every module keeps. The two tables at the top are the architecture. */
public final class Architecture {
    /** A module and the modules of ours that it may import. */
    private record Module(String name, List<String> imports) {}

    /** A library and the packages of ours that may name it. */
    private record Library(String packages, List<String> homes) {}

    private static final List<Module> MODULES =
            List.of(
                    module("primitives"),
                    module("consensus", "primitives"),
                    module("vm", "primitives"),
                    module("storage", "primitives"),
                    module("p2p", "primitives"),
                    module("genesis", "primitives", "consensus", "vm"),
                    module("node", "primitives", "consensus", "vm", "storage", "p2p", "genesis"),
                    module("cli", "primitives", "vm", "genesis", "node"));

    private static final String GENERATED = "io.computronium.primitives.proto..";

    private static final List<Library> LIBRARIES =
            List.of(
                    library("com.google.protobuf..", "..codec.."),
                    library(GENERATED, "..codec.."),
                    library("org.bouncycastle..", "primitives.crypto..", "cli.keystore.."),
                    library("org.rocksdb..", "storage.rocksdb.."),
                    library("io.netty..", "p2p..", "node.rpc.."),
                    library("com.lmax.disruptor..", "node.pipeline.."),
                    library("com.fasterxml.jackson..", "genesis..", "node.rpc..", "cli.."),
                    library("io.micrometer..", "node.."),
                    library("org.slf4j..", "storage..", "p2p..", "node..", "cli.."),
                    library("ch.qos.logback..", "cli.."),
                    library("picocli..", "cli.."));

    /** Free to all; whatever is neither here nor in {@link #LIBRARIES} is refused everywhere. */
    private static final List<String> PLATFORM =
            List.of("java..", "javax..", "jdk.incubator.vector..", "org.jspecify.annotations..");

    private Architecture() {}

    /** All laws, each with a description that reads as a sentence. */
    public static List<ArchRule> laws() {
        return Stream.of(
                        MODULES.stream().map(Architecture::imports),
                        LIBRARIES.stream().map(Architecture::confinement),
                        Stream.of(
                                knownModulesOnly(),
                                knownLibrariesOnly(),
                                genesisTakesParameterRecords(),
                                threadsHaveTwoHomes(),
                                noLockPackage(),
                                noSynchronizedMethods(),
                                noMonitors(),
                                noReflection(),
                                noStaticMutableState(),
                                noAssertKeyword(),
                                noHollowNames(),
                                nullMarkedPackages()))
                .flatMap(laws -> laws)
                .map(law -> law.allowEmptyShould(true))
                .toList();
    }

    /** The production classes of ours on the class path, without what protoc wrote. */
    public static JavaClasses productionClasses() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("io.computronium")
                .that(not(resideInAPackage(GENERATED)));
    }

    /** The class file that ArchUnit read {@code type} from. */
    static ClassModel classFile(JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return ClassFile.of().parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Module module(String name, String... imports) {
        return new Module(name, List.of(imports));
    }

    private static Library library(String packages, String... homes) {
        return new Library(packages, Stream.of(homes).map(Architecture::ours).toList());
    }

    private static String ours(String name) {
        return name.startsWith("..") ? name : "io.computronium." + name;
    }

    private static String[] array(Stream<String> packages) {
        return packages.toArray(String[]::new);
    }

    private static ArchRule imports(Module module) {
        Stream<String> visible =
                Stream.concat(Stream.of(module.name), module.imports.stream())
                        .map(name -> ours(name) + "..");
        return noClasses()
                .that(resideInAPackage(ours(module.name) + ".."))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.computronium..")
                                .and(not(resideInAnyPackage(array(visible)))))
                .as("Module %s imports no modules but %s".formatted(module.name, module.imports));
    }

    private static ArchRule confinement(Library library) {
        return noClasses()
                .that(not(resideInAnyPackage(array(library.homes.stream()))))
                .should()
                .dependOnClassesThat(resideInAPackage(library.packages))
                .as("%s is named only in %s".formatted(library.packages, library.homes));
    }

    private static ArchRule knownModulesOnly() {
        return classes()
                .should()
                .resideInAnyPackage(array(MODULES.stream().map(module -> ours(module.name) + "..")))
                .as("Every class belongs to a module");
    }

    private static ArchRule knownLibrariesOnly() {
        Stream<String> known =
                Stream.of(
                                Stream.of("io.computronium.."),
                                PLATFORM.stream(),
                                LIBRARIES.stream().map(Library::packages))
                        .flatMap(packages -> packages);
        return classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(array(known)))
                .as("Only listed libraries are named");
    }

    private static ArchRule genesisTakesParameterRecords() {
        return noClasses()
                .that(resideInAPackage(ours("genesis..")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(ours("consensus.."), ours("vm.."))
                                .and(
                                        DescribedPredicate.describe(
                                                "are neither records nor enums",
                                                type -> !type.isRecord() && !type.isEnum())))
                .as("Module genesis takes parameter records from the cores, nothing else");
    }

    private static ArchRule threadsHaveTwoHomes() {
        DescribedPredicate<JavaAccess<?>> makesThread =
                DescribedPredicate.describe(
                        "make a thread",
                        access -> {
                            JavaClass owner = access.getTargetOwner();
                            String name = access.getTarget().getName();
                            if (owner.isAssignableTo(Thread.class)) {
                                return name.equals("<init>")
                                        || name.matches("of(Platform|Virtual)|start\\w+Thread");
                            }
                            return owner.getFullName().equals("java.util.concurrent.Executors")
                                    || (name.equals("<init>") && ownsThreads(owner))
                                    || (owner.getFullName().endsWith("CompletableFuture")
                                            && name.endsWith("Async"));
                        });
        return noClasses()
                // The root of cli holds main, which hooks the shutdown of the JVM.
                .that(
                        not(
                                resideInAnyPackage(
                                        ours("node.runtime.."),
                                        ours("p2p.transport.."),
                                        ours("cli"))))
                .should()
                .accessTargetWhere(makesThread)
                .as("Threads are made only in node.runtime and p2p.transport");
    }

    private static boolean ownsThreads(JavaClass type) {
        return type.isAssignableTo("java.util.concurrent.ThreadPoolExecutor")
                || type.isAssignableTo("java.util.concurrent.ForkJoinPool")
                || type.isAssignableTo("java.util.Timer");
    }

    private static DescribedPredicate<JavaClass> outsideRuntime() {
        return not(resideInAPackage(ours("node.runtime..")));
    }

    private static ArchRule noLockPackage() {
        return noClasses()
                .that(outsideRuntime())
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.concurrent.locks"))
                .as("No java.util.concurrent.locks outside node.runtime");
    }

    private static ArchRule noSynchronizedMethods() {
        return noMethods()
                .that()
                .areDeclaredInClassesThat(outsideRuntime())
                .should()
                .haveModifier(SYNCHRONIZED)
                .as("No synchronized method outside node.runtime");
    }

    private static ArchRule noMonitors() {
        return classes()
                .that(outsideRuntime())
                .should(
                        hold(
                                "enter no monitor",
                                type ->
                                        classFile(type).methods().stream()
                                                .flatMap(method -> method.code().stream())
                                                .flatMap(code -> code.elementStream())
                                                .noneMatch(MonitorInstruction.class::isInstance)))
                .as("No synchronized block outside node.runtime");
    }

    private static ArchRule noReflection() {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.lang.reflect.."))
                .orShould()
                .accessTargetWhere(
                        DescribedPredicate.describe(
                                "look a class or member up by name",
                                access ->
                                        access.getTargetOwner().isEquivalentTo(Class.class)
                                                && access.getTarget()
                                                        .getName()
                                                        .matches(
                                                                "forName|newInstance|get(Declared)?"
                                                                    + "(Method|Field|Constructor)s?")))
                .as("No reflection");
    }

    private static ArchRule noStaticMutableState() {
        return fields().that().areStatic().should().beFinal().as("Every static field is final");
    }

    private static ArchRule noAssertKeyword() {
        // What javac leaves behind for the keyword.
        return noFields()
                .should()
                .haveName("$assertionsDisabled")
                .as("Invariants are always on: no assert keyword");
    }

    private static ArchRule noHollowNames() {
        return classes()
                .should()
                .haveNameNotMatching(
                        ".*[.$]([A-Za-z0-9]*(Manager|Helper|Utils?|Impl)|Abstract[A-Z]\\w*)")
                .as("No class is named Manager, Helper, Util, Impl or Abstract");
    }

    private static ArchRule nullMarkedPackages() {
        return classes()
                .should(
                        hold(
                                "live in a @NullMarked package",
                                type -> type.getPackage().isAnnotatedWith(NullMarked.class)))
                .as("Every package is @NullMarked");
    }

    private static ArchCondition<JavaClass> hold(String description, Predicate<JavaClass> law) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String verdict = law.test(type) ? " keeps: " : " breaks: ";
                events.add(
                        new SimpleConditionEvent(
                                type, law.test(type), type.getFullName() + verdict + description));
            }
        };
    }
}
