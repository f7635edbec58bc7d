package io.computronium.genesis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Genesis documents as JSON: what people read, write and hand around. Amounts and powers are
 * strings of digits. Reading is strict: an unknown or missing field, a field that occurs twice, a
 * wrong type, or anything after the document is a fault.
 */
public final class GenesisJson {

    /** The value of the field {@code format}. */
    public static final String FORMAT = "cptm.genesis.v1";

    /** Room for the most accounts. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_TEXT = 256;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxDocumentLength(MAX_BYTES)
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNumberLength(MAX_TEXT)
                                                    .maxStringLength(MAX_TEXT)
                                                    .maxNameLength(MAX_TEXT)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private GenesisJson() {}

    /**
     * @param json at most {@link #MAX_BYTES} of UTF-8
     * @throws InvalidGenesisException with every fault that can be found; text that is not JSON has
     *     just one
     */
    public static GenesisDocument read(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw invalid("at most " + MAX_BYTES + " bytes expected");
        }
        JsonNode tree;
        try {
            tree = MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place =
                    at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw invalid("not JSON" + place + ": " + e.getOriginalMessage());
        }
        return new GenesisReader().read(tree);
    }

    /** Indented, with a line break at the end; {@link #read} gives the same document back. */
    public static byte[] write(GenesisDocument document) {
        var lines = new DefaultIndenter("  ", "\n");
        var separators =
                Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        var printer =
                new DefaultPrettyPrinter(separators)
                        .withArrayIndenter(lines)
                        .withObjectIndenter(lines);
        try {
            String text = MAPPER.writer(printer).writeValueAsString(GenesisWriter.tree(document));
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static InvalidGenesisException invalid(String message) {
        return new InvalidGenesisException(List.of(new GenesisFault("", message)));
    }
}
