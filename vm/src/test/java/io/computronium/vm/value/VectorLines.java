package io.computronium.vm.value;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** The lines of a file of vectors, without those that begin with {@code #}. */
public final class VectorLines {

    private VectorLines() {}

    public static Stream<String> of(String file) throws IOException {
        try (InputStream in = VectorLines.class.getResourceAsStream("/vectors/" + file)) {
            byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"));
        }
    }
}
