package io.computronium.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.computronium.node.architecture.Architecture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The laws of the code base, over the class path of the program that ships. */
final class ArchitectureTest {
    @TestFactory
    Stream<DynamicTest> theWholeProgramKeepsTheLaws() {
        JavaClasses classes = Architecture.productionClasses();
        assertTrue(classes.contain(Cptm.class));
        return Architecture.laws().stream()
                .map(law -> dynamicTest(law.getDescription(), () -> law.check(classes)));
    }
}
