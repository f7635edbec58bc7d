package io.computronium.consensus.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every planted bug is found within 500 seeds. Not a test by its name yet: run it by itself. {@code
 * -Dgolden.update=true} writes the table into {@code docs/simulation.md}.
 */
class Mutations {

    private static final int SEEDS = 500;
    private static final String RUN = "io.computronium.consensus.simulation.PatchedRun";
    private static final Path DOCUMENT = Path.of("../docs/simulation.md");
    private static final String BEGIN = "<!-- mutations -->\n";
    private static final String END = "<!-- end of mutations -->";

    /** What found a bug, and after how many seeds. */
    record Found(String invariant, int seeds) {}

    record Row(Bug bug, Optional<Found> found) {
        @Override
        public String toString() {
            return found.map(
                            f -> "| %s | %s | %d |".formatted(bug.name(), f.invariant(), f.seeds()))
                    .orElse("| %s | - | more than %d |".formatted(bug.name(), SEEDS));
        }
    }

    @Test
    void everyBugIsFound() throws Exception {
        List<Row> rows = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            var searches = Bug.ALL.stream().map(bug -> pool.submit(() -> search(bug))).toList();
            for (var search : searches) {
                rows.add(search.get());
            }
        }
        var missed = rows.stream().filter(row -> row.found().isEmpty()).toList();
        assertEquals(List.of(), missed);
        assertTrue(rows.size() >= 30);
        checkTable(rows.stream().map(row -> row + "\n").collect(Collectors.joining()));
    }

    private static Row search(Bug bug) throws ReflectiveOperationException {
        LongFunction<?> run = plant(List.of(bug.patch()));
        for (int seed = 0; seed < SEEDS; seed++) {
            String invariant = (String) run.apply(seed);
            if (!invariant.isEmpty()) {
                return new Row(bug, Optional.of(new Found(invariant, seed + 1)));
            }
        }
        return new Row(bug, Optional.empty());
    }

    /** The simulation with these changes. */
    private static LongFunction<?> plant(List<Patch> patches) throws ReflectiveOperationException {
        var constructor = new PatchedClasses(patches).loadClass(RUN).getDeclaredConstructor();
        return (LongFunction<?>) constructor.newInstance();
    }

    /** Loaded the same way, the sound classes fail no seed: it is the bugs that are found. */
    @Test
    void nothingIsFoundWithoutABug() throws Exception {
        LongFunction<?> run = plant(List.of());
        for (int seed = 0; seed < 40; seed++) {
            assertEquals("", run.apply(seed), "seed " + seed);
        }
    }

    private static void checkTable(String rows) throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        String expected =
                document.substring(0, begin)
                        + "| bug | caught by invariant | seeds to catch |\n|---|---|---|\n"
                        + rows
                        + document.substring(document.indexOf(END));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertEquals(expected, document, "run with -Dgolden.update=true and look at the change");
    }
}
