package io.computronium.storage.signer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Hash;
import io.computronium.primitives.crypto.StateHashing;
import io.computronium.storage.disk.FileDisk;
import io.computronium.storage.memory.InMemoryDisk;
import io.computronium.storage.signer.SignerHistory.Contradiction;
import io.computronium.storage.signer.SignerHistory.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was signed can be read again, and shows if anything was signed twice. */
final class SignerHistoryTest {

    private static final String FILE = "signer.state";

    private final InMemoryDisk disk = new InMemoryDisk();

    private static SignerState state(long height, int round, SignerStep step, int message) {
        Hash hash = StateHashing.keyHash(new byte[] {(byte) message});
        return new SignerState(height, round, step, hash, hash, -1, null);
    }

    private static SignerState prevote(long height) {
        return state(height, 0, SignerStep.PREVOTE, 1);
    }

    private static List<Long> heights(SignerHistory history) {
        return history.entries().stream().map(entry -> entry.signed().height()).toList();
    }

    private static List<Long> heights(long from, long to) {
        return IntStream.rangeClosed((int) from, (int) to).mapToObj(i -> (long) i).toList();
    }

    private SignerHistory history() {
        try (var file = disk.open(FILE)) {
            return SignerHistory.of(file.read(0, (int) file.size()));
        }
    }

    private void damage(int at) {
        var file = disk.open(FILE);
        byte[] old = file.read(at, 1);
        old[0] ^= 1;
        file.write(at, old, 0, 1);
        file.force();
    }

    @Test
    void onlyWhatWasPermittedIsThere() {
        var file = SignerStateFile.create(disk, 2);
        assertEquals(List.of(), history().entries());
        var proposal = state(2, 0, SignerStep.PROPOSAL, 1);
        var nil = new SignerState(2, 0, SignerStep.PREVOTE, null, Hash.ZERO, -1, null);
        file.request(state(1, 0, SignerStep.PREVOTE, 9)); // below the first height
        file.request(proposal);
        file.request(proposal); // again
        file.request(state(2, 0, SignerStep.PROPOSAL, 9)); // another
        file.request(nil);
        file.request(state(2, 0, SignerStep.PROPOSAL, 9)); // back
        assertEquals(List.of(new Entry(1, proposal), new Entry(2, nil)), history().entries());
        assertEquals(List.of(), history().contradictions());
    }

    @Test
    void restartsAndCrashesLeaveNoGap() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var file = SignerStateFile.create(disk, 1);
        for (int height = 1; height <= 200; height++) {
            assertInstanceOf(SignPermission.Granted.class, file.request(prevote(height)));
            if (random.nextInt(5) == 0) {
                disk.crash(random);
                var opened = SignerStateFile.open(disk);
                file = assertInstanceOf(SignerStateFile.Opening.Ready.class, opened).file();
            }
        }
        assertEquals(heights(1, 200), heights(history()), "seed " + seed);
        assertEquals(0, history().lost());
    }

    @Test
    void theOldestGiveWay() {
        var file = SignerStateFile.create(disk, 1);
        long last = SignerHistory.CAPACITY + 5;
        for (long height = 1; height <= last; height++) {
            file.request(prevote(height));
        }
        assertEquals(heights(6, last), heights(history()));
        assertEquals(Layout.FILE_SIZE, disk.open(FILE).size());
    }

    @Test
    void aDamagedEntryIsCountedAndNoOtherIsLost() {
        var file = SignerStateFile.create(disk, 1);
        for (int height = 1; height <= 9; height++) {
            file.request(prevote(height));
        }
        damage(Layout.entry(4) + 50);
        assertEquals(List.of(1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L), heights(history()));
        assertEquals(1, history().lost());
    }

    @Test
    void garbageIsNoHistory() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            byte[] bytes = new byte[random.nextInt(50_000)];
            random.nextBytes(bytes);
            assertEquals(List.of(), SignerHistory.of(bytes).entries(), "seed " + seed);
        }
        assertEquals(List.of(), SignerHistory.of(new byte[Layout.FILE_SIZE]).entries());
    }

    @Test
    void twoMessagesOfOneStepContradict() {
        var entries =
                List.of(
                        new Entry(1, state(5, 0, SignerStep.PREVOTE, 1)),
                        new Entry(2, state(5, 0, SignerStep.PRECOMMIT, 2)),
                        new Entry(3, state(5, 1, SignerStep.PREVOTE, 3)),
                        new Entry(4, state(6, 0, SignerStep.PREVOTE, 4)),
                        new Entry(5, state(5, 0, SignerStep.PREVOTE, 1)), // the same
                        new Entry(6, state(5, 1, SignerStep.PREVOTE, 7)));
        var history = new SignerHistory(entries);
        assertEquals(
                List.of(new Contradiction(entries.get(2), entries.get(5))),
                history.contradictions());
    }

    /** As two nodes with one key would leave it: the same step, permitted by two files. */
    @Test
    void aContradictionInTheFileShows() {
        SignerStateFile.create(disk, 1).request(state(5, 0, SignerStep.PREVOTE, 1));
        var file = disk.open(FILE);
        byte[] other = Slot.of(2, state(5, 0, SignerStep.PREVOTE, 2)).toBytes();
        file.write(Layout.entry(2), other, 0, other.length);
        assertEquals(1, history().contradictions().size());
    }

    @Test
    void aRunningNodesHistoryIsReadable(@TempDir Path folder) throws Exception {
        assertEquals(Optional.empty(), SignerHistory.read(folder));
        try (var file = SignerStateFile.create(FileDisk.open(folder), 1)) {
            for (int height = 1; height <= 30; height++) {
                file.request(prevote(height));
            }
            long size = Files.size(folder.resolve(FILE));
            var history = SignerHistory.read(folder).orElseThrow();
            assertEquals(heights(1, 30), heights(history));
            assertEquals(size, Files.size(folder.resolve(FILE)));
            assertTrue(file.last().isPresent());
        }
        assertEquals(heights(1, 30), heights(SignerHistory.read(folder).orElseThrow()));
    }
}
