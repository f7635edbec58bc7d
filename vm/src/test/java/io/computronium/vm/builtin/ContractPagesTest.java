package io.computronium.vm.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.computronium.vm.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The pages in {@code docs/contracts}: people write what stands above the mark, declarations what
 * stands below. Run with {@code -Dgolden.update=true} to write the lower part anew.
 */
final class ContractPagesTest {

    private static final Path FOLDER = Path.of("../docs/contracts");
    private static final String MARK =
            "<!-- From here on written by ContractPagesTest, from the declaration. -->\n";

    private static final List<Contract> CONTRACTS = BuiltIns.REGISTRY.all();

    @TestFactory
    Stream<DynamicTest> everyPageSaysWhatTheDeclarationSays() {
        return CONTRACTS.stream()
                .map(contract ->
                        dynamicTest(
                                contract.name(),
                                () ->
                                        compare(
                                                contract.name() + ".md",
                                                "# "
                                                        + contract.name()
                                                        + "\n\n"
                                                        + contract.meaning()
                                                        + ".\n\n",
                                                ContractPage.of(contract))));
    }

    @Test
    void theIndexNamesEveryContract() throws IOException {
        compare("README.md", "# Built-in contracts\n\n", ContractPage.index(CONTRACTS));
    }

    @Test
    void thereIsNoPageWithoutAContract() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            var pages = files.map(file -> file.getFileName().toString()).sorted().toList();
            var expected =
                    Stream.concat(
                                    Stream.of("README.md"),
                                    CONTRACTS.stream().map(contract -> contract.name() + ".md"))
                            .sorted()
                            .collect(Collectors.toList());
            assertEquals(expected, pages);
        }
    }

    private static void compare(String name, String beginning, String generated)
            throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            String before = Files.exists(file) ? Files.readString(file) : beginning;
            int mark = before.indexOf(MARK);
            String introduction = mark < 0 ? before : before.substring(0, mark);
            Files.createDirectories(FOLDER);
            Files.writeString(file, introduction + MARK + "\n" + generated);
        }
        assertTrue(Files.exists(file), name + " is missing: run with -Dgolden.update=true");
        String page = Files.readString(file);
        int mark = page.indexOf(MARK);
        assertTrue(mark > 0, name + " has no mark");
        assertTrue(page.startsWith("# "), name + " has no title");
        assertEquals(MARK + "\n" + generated, page.substring(mark), name);
    }
}
