package io.computronium.node.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeterminismTest {
    /** Members that break the law, and a part of the finding that must name them. */
    private record Violation(String finding, String members) {}

    private static final List<Violation> VIOLATIONS =
            List.of(
                    found("float or double", "float field;"),
                    found(
                            "float or double",
                            "double f() { return twice(); } native double twice();"),
                    found("instruction I2D", "int f(int i) { return (int) (i / 3d); }"),
                    found("instruction L2F", "long f(long i) { return (long) (float) i; }"),
                    found("instruction FCONST_1", "Object f() { return 1f; }"),
                    found("double constant", "Object f() { return 2.5; }"),
                    found("()D", "int f() { return (int) Math.random(); }"),
                    found("java/lang/Double", "Object f() { return Double.valueOf(\"1\"); }"),
                    found(
                            "DoubleStream",
                            "Object f() { return java.util.stream.DoubleStream.of(); }"),
                    found("[F", "Object f() { return new float[1][1]; }"),
                    found(
                            "java/util/HashMap",
                            "Object f() { return new HashMap<String, String>(); }"),
                    found(
                            "java/util/HashMap",
                            "static class Own extends HashMap<String, String> {}"),
                    found("java/util/HashSet", "Object f() { return new HashSet<String>(); }"),
                    found("IdentityHashMap", "IdentityHashMap<String, String> map;"),
                    found("WeakHashMap", "WeakHashMap<String, String> map;"),
                    found("java/util/Set.of", "Object f() { return Set.of(1, 2); }"),
                    found("java/util/Set.copyOf", "Object f(List<?> l) { return Set.copyOf(l); }"),
                    found("java/util/Map.of", "Object f() { return Map.of(1, 2); }"),
                    found("java/util/Map.ofEntries", "Object f() { return Map.ofEntries(); }"),
                    found(
                            "java/util/Map.copyOf",
                            "Object f(Map<?, ?> m) { return Map.copyOf(m); }"),
                    found("Set.copyOf", "Function<List<String>, Object> f = Set::copyOf;"),
                    found("Collectors.toSet", collect("toSet()")),
                    found("Collectors.toMap", collect("toMap(s -> s, s -> s)")),
                    found(
                            "Collectors.toUnmodifiableMap",
                            collect("toUnmodifiableMap(s -> s, s -> s)")),
                    found("Collectors.groupingBy", collect("groupingBy(s -> s)")),
                    found("java/util/Random", "int f() { return new Random(7).nextInt(); }"),
                    found("java/util/random", "java.util.random.RandomGenerator source;"),
                    found("java/security", "java.security.SecureRandom source;"),
                    found("java/util/UUID", "Object f() { return UUID.randomUUID(); }"),
                    found("Collections.shuffle", "void f(List<?> l) { Collections.shuffle(l); }"),
                    found("currentTimeMillis", "long f() { return System.currentTimeMillis(); }"),
                    found("nanoTime", "LongSupplier f = System::nanoTime;"),
                    found("identityHashCode", "int f() { return System.identityHashCode(this); }"),
                    found("getProperty", "Object f() { return System.getProperty(\"a\"); }"),
                    found("getenv", "Object f() { return System.getenv(); }"),
                    found("System.out", "void f() { System.out.println(); }"),
                    found("java/time/Clock", "java.time.Clock clock;"),
                    found("java/time/Instant", "Object f() { return java.time.Instant.now(); }"),
                    found("java/lang/Thread", "void f() { Thread.yield(); }"),
                    found("java/lang/ThreadLocal", "ThreadLocal<String> local;"),
                    found("java/lang/Runtime", "Object f() { return Runtime.getRuntime(); }"),
                    found(
                            "java/util/concurrent",
                            "java.util.concurrent.ConcurrentSkipListMap<?, ?> m;"),
                    found("java/util/concurrent", "java.util.concurrent.atomic.AtomicLong n;"),
                    found("synchronized block", "void f() { synchronized (this) { f(); } }"),
                    found("Object.wait", "void f() throws Exception { wait(); }"),
                    found("java/lang/reflect", "java.lang.reflect.Method method;"),
                    found("Class.forName", "void f() throws Exception { Class.forName(\"A\"); }"),
                    found("Class.getMethods", "Object f() { return getClass().getMethods(); }"),
                    found(
                            "java/lang/invoke",
                            "Object f() { return java.lang.invoke.MethodHandles.lookup(); }"),
                    found("java/util/Locale", "Locale locale;"),
                    found("String.format", "Object f(int i) { return String.format(\"%d\", i); }"),
                    found("String.formatted", "Object f(int i) { return \"%d\".formatted(i); }"),
                    found("String.toLowerCase", "Object f(String s) { return s.toLowerCase(); }"),
                    found(
                            "Character.isLetter",
                            "boolean f(char c) { return Character.isLetter(c); }"),
                    found("java/text", "java.text.NumberFormat format;"),
                    found("parallelStream", "Object f(List<?> l) { return l.parallelStream(); }"),
                    found("parallel", "Object f(Stream<?> s) { return s.parallel(); }"),
                    found("parallelSort", "void f(int[] a) { Arrays.parallelSort(a); }"),
                    found("java/nio/file", "java.nio.file.Path path;"),
                    found("java/io/File", "Object f() { return new java.io.File(\"a\"); }"),
                    found("java/net", "java.net.URI uri;"),
                    found("org/slf4j", "org.slf4j.Logger log;"),
                    found("catches java/lang/Throwable", attempt("Throwable")),
                    found("catches java/lang/Error", attempt("Error")),
                    found("catches java/lang/StackOverflowError", attempt("StackOverflowError")),
                    found("catches java/lang/OutOfMemoryError", attempt("OutOfMemoryError")),
                    found(
                            "catches java/lang/VirtualMachineError",
                            attempt("VirtualMachineError | NullPointerException")));

    /** The Java that the cores are written in, with all that javac generates for it. */
    private static final String LAWFUL =
            """
            sealed interface Shape {}
            record Square(long side, Color color) implements Shape {}
            record Pair(Shape left, Shape right) implements Shape {}
            enum Color implements Shape { RED, GREEN { @Override int shade() { return 2; } };
                int shade() { return 1; } }
            static final class TooBig extends RuntimeException {
                TooBig(String message, Throwable cause) { super(message, cause); } }

            long area(Shape shape) {
                return switch (shape) {
                    case Square(long side, Color color) when color == Color.RED -> side * side;
                    case Square(long side, _) -> Math.multiplyExact(side, side);
                    case Pair(Square(long a, _), Square(long b, _)) -> a + b;
                    case Pair(Shape left, Shape right) -> area(left) + area(right);
                    case Color.RED -> 1;
                    case Color color -> color.shade();
                };
            }
            int old(Color color, String name) {
                return switch (color) { case RED -> 1; case GREEN -> switch (name) {
                    case "a" -> 2; default -> 3; }; };
            }
            Object collections(List<String> names) {
                TreeMap<String, Integer> sorted = new TreeMap<>();
                LinkedHashMap<String, Integer> linked = new LinkedHashMap<>();
                EnumMap<Color, String> byColor = new EnumMap<>(Color.class);
                names.stream().filter(s -> !s.isEmpty()).map(String::length).toList();
                Map<String, Long> counted = names.stream().collect(
                        Collectors.groupingBy(s -> s, TreeMap::new, Collectors.counting()));
                for (Map.Entry<String, Long> entry : counted.entrySet()) {
                    sorted.merge(entry.getKey(), 1, Integer::sum);
                }
                return List.of(sorted, linked, byColor, Color.values(), new long[3].clone());
            }
            String text(Object value, int n) {
                try {
                    return value + " of " + n + " in " + getClass().getSimpleName();
                } catch (ArithmeticException e) {
                    throw new TooBig("n is " + n, e);
                } finally {
                    n++;
                }
            }
            BigInteger wide(byte[] bytes, int at) {
                System.arraycopy(bytes, 0, bytes, at, 1);
                return new BigInteger(1, bytes).add(BigInteger.valueOf(Long.hashCode(at)));
            }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"consensus", "vm"})
    void aCoreIsDeterministic(String core) {
        List<JavaClass> classes =
                Architecture.productionClasses().stream()
                        .filter(type -> type.getName().startsWith("io.computronium." + core + "."))
                        .toList();
        assertFalse(classes.isEmpty());
        assertEquals(List.of(), findings(classes.stream()));
    }

    @TestFactory
    Stream<DynamicTest> everyViolationIsFound(@TempDir Path folder) {
        Map<String, String> sources = new HashMap<>();
        for (int i = 0; i < VIOLATIONS.size(); i++) {
            plant(sources, "Planted" + i, VIOLATIONS.get(i).members);
        }
        JavaClasses classes = PlantedClasses.compile(sources, folder);
        return IntStream.range(0, VIOLATIONS.size())
                .mapToObj(i ->
                        dynamicTest(
                                VIOLATIONS.get(i).members,
                                () -> assertFound(VIOLATIONS.get(i), classes, "Planted" + i)));
    }

    @Test
    void lawfulCodeIsLeftAlone(@TempDir Path folder) {
        Map<String, String> sources = new HashMap<>();
        plant(sources, "Lawful", LAWFUL);
        assertEquals(List.of(), findings(PlantedClasses.compile(sources, folder).stream()));
    }

    private static void assertFound(Violation violation, JavaClasses classes, String name) {
        String outer = "io.computronium.vm." + name;
        List<String> findings =
                findings(
                        classes.stream()
                                .filter(type ->
                                        type.getName().equals(outer)
                                                || type.getName().startsWith(outer + "$")));
        assertTrue(
                findings.stream().anyMatch(finding -> finding.contains(violation.finding)),
                "expected %s among %s".formatted(violation.finding, findings));
    }

    private static List<String> findings(Stream<JavaClass> types) {
        return types.map(Architecture::classFile)
                .flatMap(type -> Determinism.findings(type).stream())
                .toList();
    }

    private static void plant(Map<String, String> sources, String name, String members) {
        sources.put(
                "io.computronium.vm." + name,
                """
                package io.computronium.vm;
                import java.math.*;
                import java.util.*;
                import java.util.function.*;
                import java.util.stream.*;
                class %s { %s }
                """
                        .formatted(name, members));
    }

    private static Violation found(String finding, String members) {
        return new Violation(finding, members);
    }

    private static String collect(String collector) {
        return "Object f(List<String> l) { return l.stream().collect(Collectors."
                + collector
                + "); }";
    }

    private static String attempt(String caught) {
        return "void f() { try { f(); } catch (" + caught + " e) { f(); } }";
    }
}
