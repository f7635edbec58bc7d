package io.computronium.node.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class ArchitectureTest {
    /** A class that breaks one law: the start of the law's text, its package, its members. */
    private record Violation(String law, String home, String members) {}

    private static final List<Violation> VIOLATIONS =
            List.of(
                    breaks("Module primitives", "primitives", use("vm.Open")),
                    breaks("Module consensus", "consensus", use("storage.Open")),
                    breaks("Module vm", "vm.coin", use("consensus.Open")),
                    breaks("Module storage", "storage", use("p2p.Open")),
                    breaks("Module p2p", "p2p", use("storage.Open")),
                    breaks("Module genesis imports", "genesis", use("storage.Open")),
                    breaks("Module genesis takes", "genesis", use("vm.Open")),
                    breaks("Module node", "node", use("cli.Open")),
                    breaks("Module cli", "cli", use("p2p.Open")),
                    breaks("com.google.protobuf..", "p2p", "com.google.protobuf.Message m;"),
                    breaks(
                            "io.computronium.primitives.proto..",
                            "node",
                            use("primitives.proto.Generated")),
                    breaks("org.bouncycastle..", "cli", "org.bouncycastle.crypto.Digest d;"),
                    breaks("org.rocksdb..", "storage", "org.rocksdb.RocksDB db;"),
                    breaks("io.netty..", "node", "io.netty.channel.Channel channel;"),
                    breaks("com.lmax.disruptor..", "node.rpc", "com.lmax.disruptor.Sequence s;"),
                    breaks(
                            "com.fasterxml.jackson..",
                            "node",
                            "com.fasterxml.jackson.databind.JsonNode json;"),
                    breaks(
                            "io.micrometer..",
                            "p2p",
                            "io.micrometer.core.instrument.MeterRegistry meters;"),
                    breaks("org.slf4j..", "consensus", "org.slf4j.Logger log;"),
                    breaks("Only listed libraries", "node", "org.junit.jupiter.api.Test test;"),
                    breaks("Every class belongs", "elsewhere", ""),
                    breaks("Threads", "storage", "Thread t = new Thread(() -> {});"),
                    breaks("Threads", "node.rpc", "Object t = Thread.ofVirtual();"),
                    breaks("Threads", "node", "Thread t = Thread.startVirtualThread(() -> {});"),
                    breaks("Threads", "cli.tx", "static class Own extends Thread {}"),
                    breaks(
                            "Threads",
                            "node",
                            "Object t = java.util.concurrent.Executors.newCachedThreadPool();"),
                    breaks("Threads", "node", "Object t = new java.util.Timer();"),
                    breaks(
                            "Threads",
                            "node",
                            "Object t = java.util.concurrent.CompletableFuture.runAsync(null);"),
                    breaks(
                            "Threads",
                            "node",
                            "java.util.function.Function<Runnable, Thread> t = Thread::new;"),
                    breaks(
                            "No java.util.concurrent.locks",
                            "node.mempool",
                            "java.util.concurrent.locks.Lock lock;"),
                    breaks("No synchronized method", "p2p", "synchronized void f() {}"),
                    breaks(
                            "No synchronized block",
                            "p2p",
                            "void f(Runnable r) { synchronized (r) { r.run(); } }"),
                    breaks("No reflection", "node", "java.lang.reflect.Method method;"),
                    breaks(
                            "No reflection",
                            "node",
                            "Class<?> f() throws Exception { return Class.forName(\"A\"); }"),
                    breaks("Every static field", "vm", "static int counter;"),
                    breaks("Invariants", "vm", "void f(int i) { assert i > 0; }"),
                    breaks("No class is named", "vm", "static class CoinManager {}"),
                    breaks("No class is named", "vm", "interface ReaderImpl {}"),
                    breaks("No class is named", "vm", "static class AbstractCoin {}"),
                    breaks("Every package", "vm.unmarked", ""));

    /** By home, members that the laws allow there. */
    private static final Map<String, String> ALLOWED =
            Map.of(
                    "primitives.codec", "com.google.protobuf.Message m;",
                    "cli.keystore", "org.bouncycastle.crypto.Digest d;",
                    "storage.rocksdb", "org.rocksdb.RocksDB db; org.slf4j.Logger log;",
                    "p2p.transport", "Thread t = new Thread(() -> {});",
                    "node.runtime", "java.util.concurrent.locks.Lock l; synchronized void f() {}",
                    "node.rpc", "io.netty.channel.Channel c; " + use("storage.Open"),
                    "node.pipeline", "com.lmax.disruptor.Sequence s; " + use("vm.Open"),
                    "genesis",
                            "com.fasterxml.jackson.databind.JsonNode json; static final int N = 1;",
                    "vm", "record Implication(int manager) {}");

    @TestFactory
    Stream<DynamicTest> everyModuleOnTheClassPathKeepsTheLaws() {
        JavaClasses classes = Architecture.productionClasses();
        assertFalse(classes.isEmpty());
        return Architecture.laws().stream()
                .map(law -> dynamicTest(law.getDescription(), () -> law.check(classes)));
    }

    @TestFactory
    Stream<DynamicTest> everyLawSeesItsViolation(@TempDir Path folder) {
        Map<String, String> sources = openClasses();
        for (int i = 0; i < VIOLATIONS.size(); i++) {
            Violation v = VIOLATIONS.get(i);
            plant(sources, v.home, "Planted" + i, v.members);
        }
        JavaClasses classes = PlantedClasses.compile(sources, folder);
        return IntStream.range(0, VIOLATIONS.size())
                .mapToObj(i -> {
                    Violation v = VIOLATIONS.get(i);
                    return dynamicTest(
                            v.law + " | " + v.members,
                            () -> assertSeen(v, only(classes, v.home, "Planted" + i)));
                });
    }

    @TestFactory
    Stream<DynamicTest> noLawRefusesWhatIsAllowed(@TempDir Path folder) {
        Map<String, String> sources = openClasses();
        ALLOWED.forEach((home, members) -> {
            plant(sources, home, "Planted", members);
            sources.put(
                    "io.computronium." + home + ".package-info",
                    "@org.jspecify.annotations.NullMarked package io.computronium.%s;"
                            .formatted(home));
        });
        JavaClasses classes = PlantedClasses.compile(sources, folder);
        return ALLOWED.keySet().stream()
                .map(home ->
                        dynamicTest(
                                home,
                                () -> {
                                    JavaClasses planted = only(classes, home, "Planted");
                                    Architecture.laws().forEach(l -> l.check(planted));
                                }));
    }

    private static void assertSeen(Violation violation, JavaClasses planted) {
        List<ArchRule> laws =
                Architecture.laws().stream()
                        .filter(law -> law.getDescription().startsWith(violation.law))
                        .toList();
        assertFalse(laws.isEmpty(), "no law starts with: " + violation.law);
        for (ArchRule law : laws) {
            assertTrue(law.evaluate(planted).hasViolation(), law.getDescription());
        }
    }

    /** One class a module, for planted classes to depend on. */
    private static Map<String, String> openClasses() {
        Map<String, String> sources = new HashMap<>();
        for (String home : List.of("vm", "storage", "consensus", "p2p", "cli")) {
            plant(sources, home, "Open", "");
        }
        plant(sources, "primitives.proto", "Generated", "");
        return sources;
    }

    private static void plant(
            Map<String, String> sources, String home, String name, String members) {
        sources.put(
                "io.computronium.%s.%s".formatted(home, name),
                "package io.computronium.%s; public final class %s { %s }"
                        .formatted(home, name, members));
    }

    private static JavaClasses only(JavaClasses classes, String home, String name) {
        String pattern = "io\\.computronium\\.%s\\.%s(\\$.*)?".formatted(home, name);
        return classes.that(
                DescribedPredicate.describe(
                        name, (JavaClass type) -> type.getName().matches(pattern)));
    }

    private static Violation breaks(String law, String home, String members) {
        return new Violation(law, home, members);
    }

    private static String use(String type) {
        return "io.computronium." + type + " used;";
    }
}
