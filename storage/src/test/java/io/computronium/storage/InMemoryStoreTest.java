package io.computronium.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.computronium.primitives.Bytes;
import io.computronium.storage.memory.InMemoryStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InMemoryStoreTest extends KeyValueStoreContract {

    private final InMemoryStore contents = new InMemoryStore(SCHEMA);

    @Override
    KeyValueStore open() {
        return contents;
    }

    @Test
    void crashLosesWhatWasNotSynced() {
        var key = Bytes.ofHex("01");
        var other = Bytes.ofHex("02");
        contents.write(new WriteBatch().put(FRUIT, key, key), Durability.BUFFERED);
        contents.write(new WriteBatch().put(FRUIT, other, other), Durability.SYNC);
        contents.write(
                new WriteBatch().delete(FRUIT, key).put(FRUIT, other, key), Durability.BUFFERED);
        assertEquals(Optional.empty(), contents.get(FRUIT, key));
        contents.crash();
        assertEquals(Optional.of(key), contents.get(FRUIT, key), "a sync covers what was before");
        assertEquals(Optional.of(other), contents.get(FRUIT, other));
        contents.write(new WriteBatch().delete(FRUIT, key), Durability.BUFFERED);
        contents.close();
        contents.crash();
        assertEquals(Optional.empty(), contents.get(FRUIT, key));
    }
}
