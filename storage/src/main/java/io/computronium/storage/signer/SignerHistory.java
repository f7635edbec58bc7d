package io.computronium.storage.signer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a validator signed, or was about to sign: the latest {@value #CAPACITY} permissions of its
 * signer file. Whatever the file did not permit was not signed, so this is all of it.
 *
 * @param entries in the order in which they were permitted
 */
public record SignerHistory(List<Entry> entries) {

    /** How many permissions are kept; older ones are overwritten. */
    public static final int CAPACITY = Layout.HISTORY;

    /** A running node may be writing just what is being read; then it is read again. */
    private static final int READS = 3;

    /**
     * A permission.
     *
     * @param number counts them from the making of the file; a missing number is a lost entry
     */
    public record Entry(long number, SignerState signed) {}

    /** Two different messages of one height, round and step: what never may be. */
    public record Contradiction(Entry first, Entry second) {}

    public SignerHistory {
        entries = List.copyOf(entries);
    }

    /**
     * Reads the history in a signer's folder, whether or not a node has it open. Changes nothing.
     *
     * @return empty if there is no signer file
     */
    public static Optional<SignerHistory> read(Path folder) throws IOException {
        var path = folder.resolve(Layout.NAME);
        try {
            var history = readOnce(path);
            for (int again = 1; again < READS && history.lost() > 0; again++) {
                history = readOnce(path);
            }
            return Optional.of(history);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static SignerHistory readOnce(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return of(in.readNBytes(Layout.FILE_SIZE));
        }
    }

    /** The history in these bytes of a signer file, of which any may be damaged. */
    static SignerHistory of(byte[] file) {
        Map<Long, Entry> found = new TreeMap<>();
        take(file, Layout.slot(0), found);
        take(file, Layout.slot(1), found);
        for (int place = 0; place < Layout.HISTORY; place++) {
            take(file, Layout.entry(place), found);
        }
        return new SignerHistory(List.copyOf(found.values()));
    }

    private static void take(byte[] file, int at, Map<Long, Entry> found) {
        if (at + Slot.SIZE <= file.length) {
            Slot.read(Arrays.copyOfRange(file, at, at + Slot.SIZE))
                    .ifPresent(slot -> {
                        var state = slot.state();
                        if (state != null) {
                            found.put(slot.counter(), new Entry(slot.counter(), state));
                        }
                    });
        }
    }

    /** How many entries between the first and the last cannot be read. */
    public long lost() {
        return entries.isEmpty()
                ? 0
                : entries.getLast().number() - entries.getFirst().number() + 1 - entries.size();
    }

    /** Each message that differs from an earlier one of its height, round and step. */
    public List<Contradiction> contradictions() {
        List<Contradiction> contradictions = new ArrayList<>();
        Map<Place, Entry> first = new HashMap<>();
        for (Entry entry : entries) {
            SignerState signed = entry.signed();
            Entry before = first.putIfAbsent(Place.of(signed), entry);
            if (before != null && !before.signed().signBytesHash().equals(signed.signBytesHash())) {
                contradictions.add(new Contradiction(before, entry));
            }
        }
        return contradictions;
    }

    /** Where one message may be signed. */
    private record Place(long height, int round, SignerStep step) {

        static Place of(SignerState state) {
            return new Place(state.height(), state.round(), state.step());
        }
    }
}
