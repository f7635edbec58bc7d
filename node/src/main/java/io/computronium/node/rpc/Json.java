package io.computronium.node.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.computronium.node.rpc.RpcError.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/** Bytes to JSON within bounds, and back. */
final class Json {

    static final int MAX_DEPTH = 16;

    /** Twice what any number of ours has; longer ones are not even parsed. */
    static final int MAX_NUMBER_LENGTH = 40;

    private static final int MAX_NAME_LENGTH = 128;
    private static final int MAX_STRING_LENGTH = 1 << 20;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                                    .maxNameLength(MAX_NAME_LENGTH)
                                                    .maxStringLength(MAX_STRING_LENGTH)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /**
     * @throws RpcError if the bytes are not one JSON value, or it is beyond the bounds
     */
    static JsonNode parse(byte[] bytes) {
        try {
            var node = MAPPER.readTree(bytes);
            if (node == null || node.isMissingNode()) {
                throw new RpcError(Kind.PARSE, "empty request");
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw RpcError.limit(e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new RpcError(Kind.PARSE, "not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static TextNode text(Object value) {
        return JsonNodeFactory.instance.textNode(value.toString());
    }

    static IntNode number(int value) {
        return IntNode.valueOf(value);
    }

    static <T> ArrayNode array(List<T> values, Function<T, JsonNode> toJson) {
        var array = JsonNodeFactory.instance.arrayNode(values.size());
        values.forEach(value -> array.add(toJson.apply(value)));
        return array;
    }

    /** A 64-bit number, which JSON numbers do not hold everywhere. */
    static String u64(long value) {
        return Long.toString(value);
    }
}
