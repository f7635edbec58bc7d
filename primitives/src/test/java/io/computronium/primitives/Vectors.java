package io.computronium.primitives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Test vectors in {@code src/test/resources/vectors}: those of others, which are read, and our own,
 * which other implementations can test against and which must stay what the code computes.
 */
public final class Vectors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    public static JsonNode read(String name) {
        try (var in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            return JSON.readTree(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Demands that the file {@code name} says exactly what was just computed. Formats are
     * consensus: a difference is a defect in the code. A file for a new format is written by
     * running the test with {@code -Dvectors.write=true}.
     */
    public static void assertGolden(String name, JsonNode computed) {
        if (Boolean.getBoolean("vectors.write")) {
            try {
                var file = Path.of("src/test/resources/vectors", name);
                Files.writeString(file, computed.toPrettyString() + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            assertEquals(read(name).toPrettyString(), computed.toPrettyString(), name);
        }
    }

    /** The bytes that the string {@code field} of {@code holder} spells in hex. */
    public static byte[] hex(JsonNode holder, String field) {
        return HexFormat.of().parseHex(text(holder, field));
    }

    public static String text(JsonNode holder, String field) {
        return Objects.requireNonNull(holder.get(field), field).asText();
    }
}
