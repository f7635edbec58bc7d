package io.computronium.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.Codec;
import io.computronium.storage.codec.FixedCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link KeyValueStore} does. */
abstract class KeyValueStoreContract {

    static final Column<Bytes, Bytes> FRUIT =
            new Column<>(1, "fruit", FixedCodec.BYTES, FixedCodec.BYTES);
    static final Column<Long, Bytes> HEIGHTS =
            new Column<>(2, "heights", FixedCodec.HEIGHT, FixedCodec.BYTES);
    static final Column<Bytes, Bytes> STRANGE =
            new Column<>(3, "strange", FixedCodec.BYTES, FixedCodec.BYTES);
    static final Schema SCHEMA = new Schema("test", List.of(FRUIT, HEIGHTS));

    /** Reads a column's bytes as nothing at all. */
    private static final Codec<Bytes> BROKEN =
            FixedCodec.of(
                    Bytes::toArray,
                    bytes -> {
                        throw new MalformedDataException("broken " + bytes.length);
                    });

    private KeyValueStore store;

    @SuppressWarnings("NullAway.Init") // JUnit calls openStore first
    KeyValueStoreContract() {}

    /** Opens the store; a second call, after closing, opens the same contents. */
    abstract KeyValueStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private static Bytes hex(String hex) {
        return Bytes.ofHex(hex);
    }

    private void put(String... keys) {
        var batch = new WriteBatch();
        for (var key : keys) {
            batch.put(FRUIT, hex(key), hex(key + "00"));
        }
        store.write(batch, Durability.BUFFERED);
    }

    private List<String> keys(KeyRange range) {
        List<String> keys = new ArrayList<>();
        try (var cursor = store.scan(FRUIT, range)) {
            while (cursor.next()) {
                assertEquals(cursor.key().toHex() + "00", cursor.value().toHex());
                keys.add(cursor.key().toHex());
            }
            assertFalse(cursor.next(), "a walk that has ended stays so");
        }
        return keys;
    }

    @Test
    void lastChangeOfABatchCounts() {
        var key = hex("01");
        var batch =
                new WriteBatch()
                        .put(FRUIT, key, hex("aa"))
                        .put(FRUIT, hex("02"), hex("cc"))
                        .delete(FRUIT, key)
                        .put(FRUIT, key, hex("bb"))
                        .delete(FRUIT, hex("02"));
        store.write(batch, Durability.SYNC);
        assertEquals(Optional.of(hex("bb")), store.get(FRUIT, key));
        assertEquals(Optional.empty(), store.get(FRUIT, hex("02")));
    }

    @Test
    void columnsAreApartAndEmptyBytesAreAValue() {
        store.write(
                new WriteBatch().put(HEIGHTS, 7L, Bytes.EMPTY).put(FRUIT, Bytes.EMPTY, hex("01")),
                Durability.BUFFERED);
        assertEquals(Optional.of(Bytes.EMPTY), store.get(HEIGHTS, 7L));
        assertEquals(Optional.empty(), store.get(HEIGHTS, 8L));
        assertEquals(Optional.of(hex("01")), store.get(FRUIT, Bytes.EMPTY));
        assertEquals(Optional.empty(), store.get(FRUIT, Bytes.owned(FixedCodec.HEIGHT.encode(7L))));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,   -,   01 0102 7f 80 ff ff00 ffff",
                "02,  -,   7f 80 ff ff00 ffff",
                "0102,80,  0102 7f",
                "80,  80,  -",
                "90,  10,  -",
                "ff,  ffff,ff ff00"
            })
    void walksInUnsignedOrderBothWays(String from, String to, String expected) {
        put("80", "01", "ffff", "7f", "ff", "0102", "ff00");
        var range =
                new KeyRange(
                        from == null ? Bytes.EMPTY : hex(from), to == null ? null : hex(to), false);
        List<String> keys = expected == null ? List.of() : List.of(expected.split(" "));
        assertEquals(keys, keys(range));
        assertEquals(keys.reversed(), keys(range.reversed()));
    }

    @Test
    void prefixesEndWhereTheyShould() {
        put("00", "01", "01ff", "01ffff", "02", "ff", "ffff", "ffff00");
        assertEquals(List.of("01", "01ff", "01ffff"), keys(KeyRange.prefix(hex("01"))));
        assertEquals(List.of("01ff", "01ffff"), keys(KeyRange.prefix(hex("01ff"))));
        assertEquals(List.of("ffff", "ffff00"), keys(KeyRange.prefix(hex("ffff"))));
        assertEquals(List.of("ff", "ffff", "ffff00"), keys(KeyRange.from(hex("ff"))));
        assertEquals(List.of("02"), keys(KeyRange.between(hex("02"), hex("ff"))));
    }

    @Test
    void rangesAreDeletedWithinTheirBounds() {
        put("01", "02", "0201", "03", "04");
        store.write(new WriteBatch().deleteRange(FRUIT, hex("02"), hex("03")), Durability.SYNC);
        assertEquals(List.of("01", "03", "04"), keys(KeyRange.all()));
        store.write(new WriteBatch().deleteRange(FRUIT, hex("03"), hex("03")), Durability.SYNC);
        assertEquals(List.of("01", "03", "04"), keys(KeyRange.all()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new WriteBatch().deleteRange(FRUIT, hex("03"), hex("02")));
    }

    @Test
    void walkSeesNoLaterWrites() {
        put("01", "02", "03");
        try (var cursor = store.scan(FRUIT, KeyRange.all())) {
            assertTrue(cursor.next());
            store.write(
                    new WriteBatch().delete(FRUIT, hex("02")).put(FRUIT, hex("04"), hex("0400")),
                    Durability.BUFFERED);
            assertTrue(cursor.next());
            assertEquals(hex("02"), cursor.key());
            assertTrue(cursor.next());
            assertFalse(cursor.next());
        }
        assertEquals(List.of("01", "03", "04"), keys(KeyRange.all()));
    }

    @Test
    void everythingIsThereAfterReopening() {
        put("01", "02");
        var large = Bytes.owned(new byte[1 << 20]);
        store.write(new WriteBatch().put(HEIGHTS, 1L, large), Durability.SYNC);
        put("03");
        store.close();
        store = open();
        assertEquals(List.of("01", "02", "03"), keys(KeyRange.all()));
        assertEquals(Optional.of(large), store.get(HEIGHTS, 1L));
    }

    @Test
    void foreignColumnsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> store.get(STRANGE, hex("01")));
        assertThrows(IllegalArgumentException.class, () -> store.scan(STRANGE, KeyRange.all()));
        var batch = new WriteBatch().put(FRUIT, hex("01"), hex("01")).delete(STRANGE, hex("01"));
        assertThrows(IllegalArgumentException.class, () -> store.write(batch, Durability.BUFFERED));
        assertEquals(Optional.empty(), store.get(FRUIT, hex("01")));
    }

    @Test
    void bytesThatDoNotDecodeAreAFailureOfTheDisk() {
        put("01");
        var misread = new Column<>(FRUIT.id(), "misread", FixedCodec.BYTES, BROKEN);
        assertThrows(StorageFailureException.class, () -> store.get(misread, hex("01")));
        try (var cursor = store.scan(misread, KeyRange.all())) {
            assertTrue(cursor.next());
            assertThrows(StorageFailureException.class, cursor::value);
        }
    }

    @Test
    void behavesAsASortedMap() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var model = new TreeMap<Bytes, Bytes>();
        for (int round = 0; round < 60; round++) {
            var batch = new WriteBatch();
            for (int i = random.nextInt(20); i > 0; i--) {
                change(random, model, batch);
            }
            store.write(batch, random.nextBoolean() ? Durability.SYNC : Durability.BUFFERED);
            assertEquals(model, contents(KeyRange.all()), "seed " + seed);
            var from = randomKey(random);
            assertEquals(model.tailMap(from), contents(KeyRange.from(from)), "seed " + seed);
            var key = randomKey(random);
            assertEquals(Optional.ofNullable(model.get(key)), store.get(FRUIT, key));
        }
    }

    private static void change(Random random, NavigableMap<Bytes, Bytes> model, WriteBatch batch) {
        var key = randomKey(random);
        switch (random.nextInt(8)) {
            case 0 -> {
                var end = randomKey(random);
                if (key.compareTo(end) <= 0) {
                    batch.deleteRange(FRUIT, key, end);
                    model.subMap(key, end).clear();
                }
            }
            case 1, 2 -> {
                batch.delete(FRUIT, key);
                model.remove(key);
            }
            default -> {
                var value = randomKey(random);
                batch.put(FRUIT, key, value);
                model.put(key, value);
            }
        }
    }

    private static Bytes randomKey(Random random) {
        var bytes = new byte[1 + random.nextInt(2)];
        random.nextBytes(bytes);
        return Bytes.owned(bytes);
    }

    private Map<Bytes, Bytes> contents(KeyRange range) {
        Map<Bytes, Bytes> contents = new HashMap<>();
        try (var cursor = store.scan(FRUIT, range)) {
            while (cursor.next()) {
                contents.put(cursor.key(), cursor.value());
            }
        }
        return contents;
    }

    @Test
    void readersSeeAllOfABatchOrNothing() throws InterruptedException {
        var stop = new AtomicBoolean();
        var torn = new AtomicBoolean();
        store.write(batchOf(0), Durability.BUFFERED);
        var reader =
                new Thread(() -> {
                    while (!stop.get()) {
                        try (var cursor = store.scan(HEIGHTS, KeyRange.all())) {
                            cursor.next();
                            var first = cursor.value();
                            while (cursor.next()) {
                                if (!cursor.value().equals(first)) {
                                    torn.set(true);
                                }
                            }
                        }
                    }
                });
        reader.start();
        for (int i = 1; i < 300; i++) {
            store.write(batchOf(i), Durability.BUFFERED);
        }
        stop.set(true);
        reader.join();
        assertFalse(torn.get());
    }

    private static WriteBatch batchOf(int number) {
        var batch = new WriteBatch();
        for (long key = 0; key < 20; key++) {
            batch.put(HEIGHTS, key, Bytes.owned(new byte[] {(byte) number, (byte) (number >> 8)}));
        }
        return batch;
    }
}
