package io.computronium.genesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.computronium.primitives.MalformedDataException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON document, read field by field. What is missing or of the wrong type goes to
 * the list of faults, and the reader goes on with a stand-in; whoever builds a value looks at
 * {@link #sound} first.
 */
final class JsonFields {

    private final @Nullable JsonNode node;
    private final String path;
    private final List<GenesisFault> faults;
    private final int faultsBefore;
    private final boolean isObject;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param node null where the object itself is missing, which is a fault already
     */
    JsonFields(@Nullable JsonNode node, String path, List<GenesisFault> faults) {
        this.node = node;
        this.path = path;
        this.faults = faults;
        this.faultsBefore = faults.size();
        this.isObject = node != null && node.isObject();
        if (node != null && !isObject) {
            faults.add(new GenesisFault(path, "an object expected, found " + typeOf(node)));
        }
    }

    String text(String name) {
        JsonNode field = field(name, "a string", JsonNodeType.STRING);
        return field == null ? "" : field.textValue();
    }

    boolean flag(String name) {
        JsonNode field = field(name, "true or false", JsonNodeType.BOOLEAN);
        return field != null && field.booleanValue();
    }

    /** A JSON number without fraction or exponent. */
    long number(String name) {
        JsonNode field = field(name, "a whole number", JsonNodeType.NUMBER);
        if (field == null) {
            return 0;
        }
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            fault(name, "a whole number of at most 63 bits expected, found " + field);
            return 0;
        }
        return field.longValue();
    }

    /** An array of {@link #amount}s. */
    List<Long> amounts(String name) {
        List<Long> amounts = new ArrayList<>();
        JsonNode array = field(name, "an array", JsonNodeType.ARRAY);
        for (int i = 0; array != null && i < array.size(); i++) {
            JsonNode element = array.get(i);
            String at = name + "[" + i + "]";
            if (element.isTextual()) {
                amounts.add(parse(at, element.textValue(), JsonFields::parseAmount, 0L));
            } else {
                fault(at, "a string expected, found " + typeOf(element));
            }
        }
        return amounts;
    }

    /** As {@link #number}, of at most 31 bits. */
    int smallNumber(String name) {
        long value = number(name);
        if (value != (int) value) {
            fault(name, "a whole number of at most 31 bits expected, found " + value);
            return 0;
        }
        return (int) value;
    }

    /** A whole number as a string of digits, since many readers of JSON have 53 bits only. */
    long amount(String name) {
        return parsed(name, JsonFields::parseAmount, 0L);
    }

    /** What {@code parser} makes of a string; it refuses with a {@link MalformedDataException}. */
    <T> T parsed(String name, Function<String, T> parser, T standIn) {
        JsonNode field = field(name, "a string", JsonNodeType.STRING);
        return field == null ? standIn : parse(name, field.textValue(), parser, standIn);
    }

    private <T> T parse(String name, String text, Function<String, T> parser, T standIn) {
        try {
            return parser.apply(text);
        } catch (MalformedDataException e) {
            fault(name, String.valueOf(e.getMessage()));
            return standIn;
        }
    }

    JsonFields object(String name) {
        return new JsonFields(field(name, "an object", JsonNodeType.OBJECT), at(name), faults);
    }

    /** The elements of an array, each an object. */
    List<JsonFields> objects(String name) {
        List<JsonFields> elements = new ArrayList<>();
        JsonNode array = field(name, "an array", JsonNodeType.ARRAY);
        if (array != null) {
            for (int i = 0; i < array.size(); i++) {
                elements.add(new JsonFields(array.get(i), at(name) + "[" + i + "]", faults));
            }
        }
        return elements;
    }

    /** Refuses the fields that nobody asked for. */
    void end() {
        if (node != null) {
            node.fieldNames()
                    .forEachRemaining(name -> {
                        if (!known.contains(name)) {
                            fault(name, "unknown field");
                        }
                    });
        }
    }

    /** Whether this is an object and nothing was wrong with what was read since it was opened. */
    boolean sound() {
        return isObject && faults.size() == faultsBefore;
    }

    void fault(String name, String message) {
        faults.add(new GenesisFault(at(name), message));
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private @Nullable JsonNode field(String name, String expected, JsonNodeType type) {
        known.add(name);
        if (node == null || !isObject) {
            return null;
        }
        JsonNode field = node.get(name);
        if (field == null) {
            fault(name, "missing, " + expected + " expected");
            return null;
        }
        if (field.getNodeType() != type) {
            fault(name, expected + " expected, found " + typeOf(field));
            return null;
        }
        return field;
    }

    private static String typeOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "null";
            case NUMBER -> "a number";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "a string";
        };
    }

    private static long parseAmount(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || text.length() > 1 && text.startsWith("0")) {
            throw new MalformedDataException("digits without leading zero expected");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MalformedDataException("at most 63 bits expected", e);
        }
    }
}
