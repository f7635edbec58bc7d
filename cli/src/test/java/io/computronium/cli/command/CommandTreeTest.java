package io.computronium.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The tree of commands: every level explains itself, wrong usage says what was meant. */
final class CommandTreeTest {

    @TempDir private Path home;

    @TestFactory
    Stream<DynamicTest> everyCommandHasADescriptionAndAnExampleThatParses() {
        return commands(tree()).stream()
                .map(command -> dynamicTest(name(command), () -> explains(command)));
    }

    private void explains(CommandLine command) {
        var usage = command.getCommandSpec().usageMessage();
        assertTrue(usage.description().length > 0, "no description");
        assertTrue(usage.footer().length > 0, "no example");
        var example = String.join(" ", usage.footer()).replace("\\", "").strip();
        assertTrue(
                example.startsWith(name(command)), "the example is of another command: " + example);
        // Throws if it is wrong usage.
        tree().parseArgs(example.substring("cptm ".length()).split(" +"));
        for (var option : command.getCommandSpec().options()) {
            assertTrue(option.description().length > 0, option.longestName());
        }
        assertTrue(command.getUsageMessage().contains("--json"), command.getUsageMessage());
    }

    @TestFactory
    Stream<DynamicTest> everyCommandShowsItsHelp() {
        return commands(tree()).stream()
                .map(command ->
                        dynamicTest(
                                name(command),
                                () -> {
                                    var words = (name(command) + " --help").split(" ");
                                    var run =
                                            new Cli(home)
                                                    .run(
                                                            List.of(words)
                                                                    .subList(1, words.length)
                                                                    .toArray(String[]::new));
                                    assertEquals(0, run.exit());
                                    assertTrue(run.out().contains("Example:"), run.out());
                                    assertEquals("", run.err());
                                }));
    }

    @Test
    void aMistypedVerbIsGuessed() {
        var run = new Cli(home).run("key", "lits");
        assertEquals(2, run.exit());
        assertEquals("", run.out());
        assertTrue(run.err().contains("did you mean cptm key list"), run.err());
    }

    @Test
    void aMistypedOptionIsGuessed() {
        var run = new Cli(home).run("account", "show", "alice", "--rpc-ulr=http://x");
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("--rpc-url"), run.err());
    }

    @Test
    void wrongUsageIsAFrameToo() {
        var run = new Cli(home).run("tx", "send", "--from", "alice", "--json", "1cptm");
        assertEquals(2, run.exit());
        var frame = run.frame();
        assertFalse(frame.get("success").asBoolean());
        assertEquals("tx send", frame.get("command").asText());
        assertEquals("usage", frame.at("/error/name").asText());
        assertEquals(2, frame.at("/error/code").asInt());
        assertTrue(frame.at("/error/message").asText().contains("--to"), run.out());
    }

    @Test
    void aNounAloneNamesItsVerbs() {
        var run = new Cli(home).run("key");
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("list, new, show"), run.err());
    }

    @Test
    void hugeArgumentsAreNotEchoed() {
        var run = new Cli(home).run("account", "show", "S".repeat(1 << 20), "--json");
        assertTrue(run.out().length() < 4_000, "echoed " + run.out().length());
    }

    private CommandLine tree() {
        return new Cli(home).tree();
    }

    private static List<CommandLine> commands(CommandLine root) {
        var all = new ArrayList<CommandLine>();
        all.add(root);
        root.getSubcommands().values().forEach(command -> all.addAll(commands(command)));
        return all;
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }
}
