package io.computronium.storage;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.storage.block.BlockSchema;
import io.computronium.storage.codec.FixedCodec;
import io.computronium.storage.state.StateSchema;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SchemaTest {

    @Test
    void idsAreNeverShared() {
        var column = new Column<>(1, "one", FixedCodec.HASH, FixedCodec.HASH);
        var same = new Column<>(1, "two", FixedCodec.HASH, FixedCodec.HASH);
        assertThrows(IllegalArgumentException.class, () -> new Schema("x", List.of(column, same)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Column<>(0, "zero", FixedCodec.HASH, FixedCodec.HASH));
        var ids = new HashSet<Integer>();
        Stream.of(BlockSchema.SCHEMA, StateSchema.SCHEMA)
                .flatMap(schema -> schema.columns().stream())
                .forEach(c -> assertTrue(ids.add(c.id()), "id " + c.id() + " twice"));
    }
}
