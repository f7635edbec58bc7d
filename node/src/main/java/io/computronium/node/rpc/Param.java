package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * A named parameter of a method.
 *
 * @param description for people; what values it takes
 * @param type of the JSON value
 * @param required without it the call is refused
 * @param read throws {@link MalformedDataException} or {@link IllegalArgumentException}, saying
 *     what is expected
 */
record Param<T>(
        String name, String description, Type type, boolean required, Function<JsonNode, T> read) {

    /** Types of JSON values; in a query all are spelled as text. */
    enum Type {
        STRING,
        INTEGER,
        BOOLEAN,
        /** In a query, the JSON text of one. */
        ARRAY
    }

    /** The height whose state is read; absent: the latest. */
    static final Param<OptionalLong> AT =
            new Param<>(
                    "at",
                    "a height as decimal text, or \"latest\"",
                    Type.STRING,
                    false,
                    node -> height(node.textValue()));

    /** Proofs are part of the format and not of this version: asked for, they are refused. */
    static final Param<Boolean> PROOF =
            new Param<>(
                    "proof",
                    "whether the answer comes with a proof",
                    Type.BOOLEAN,
                    false,
                    node -> {
                        if (node.booleanValue()) {
                            throw new IllegalArgumentException("not yet active");
                        }
                        return false;
                    });

    static <T> Param<T> text(String name, String description, Function<String, T> read) {
        return new Param<>(
                name, description, Type.STRING, true, node -> read.apply(node.textValue()));
    }

    static Param<List<JsonNode>> list(String name, String description) {
        return new Param<>(
                name,
                description,
                Type.ARRAY,
                false,
                node -> StreamSupport.stream(node.spliterator(), false).toList());
    }

    static Param<Hash> hash(String name, String description) {
        return text(name, description, Hash::ofHex);
    }

    static Param<Principal> principal(String name, String description) {
        return text(name, description, Principal::parse);
    }

    static Param<String> oneOf(String name, String description, List<String> words) {
        return text(
                        name,
                        description,
                        word -> {
                            if (!words.contains(word)) {
                                throw new IllegalArgumentException("one of " + words + " expected");
                            }
                            return word;
                        })
                .optional();
    }

    /** An integer in a range, both ends included. */
    static Param<Integer> integer(String name, String description, int least, int most) {
        return new Param<>(
                name,
                description,
                Type.INTEGER,
                true,
                node -> {
                    if (!node.canConvertToInt()
                            || node.intValue() < least
                            || node.intValue() > most) {
                        throw new IllegalArgumentException(least + " to " + most + " expected");
                    }
                    return node.intValue();
                });
    }

    /** A height, or nothing for "latest". */
    static OptionalLong height(String text) {
        if (text.equals("latest")) {
            return OptionalLong.empty();
        }
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("a height as decimal text or \"latest\" expected");
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    Param<T> optional() {
        return new Param<>(name, description, type, false, read);
    }

    /**
     * @throws RpcError that names this parameter
     */
    T of(JsonNode node) {
        boolean fits =
                switch (type) {
                    case STRING -> node.isTextual();
                    case INTEGER -> node.isIntegralNumber();
                    case BOOLEAN -> node.isBoolean();
                    case ARRAY -> node.isArray();
                };
        if (!fits) {
            throw RpcError.params(name + ": " + description + " expected");
        }
        try {
            return read.apply(node);
        } catch (MalformedDataException | IllegalArgumentException e) {
            throw RpcError.params(name + ": " + e.getMessage());
        }
    }
}
