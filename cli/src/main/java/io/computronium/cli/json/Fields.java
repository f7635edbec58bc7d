package io.computronium.cli.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a JSON object, each taken by name with the type that it ought to have. Whatever is
 * missing or of another type is an {@link IllegalArgumentException} whose message starts with the
 * path to it.
 */
public final class Fields {

    private final JsonNode node;
    private final String where;

    private Fields(JsonNode node, String where) {
        this.node = node;
        this.where = where;
    }

    /** The fields of {@code node}; if that is no object, none is there. */
    public static Fields of(JsonNode node) {
        return new Fields(node, "");
    }

    /** The object itself. */
    public JsonNode node() {
        return node;
    }

    /** The fields of the object {@code name}. */
    public Fields at(String name) {
        var child = node.path(name);
        if (!child.isObject()) {
            throw fault(name, "an object");
        }
        return new Fields(child, where + name + ".");
    }

    /** As {@link #at}, if the field is there and not null. */
    public Optional<Fields> optional(String name) {
        return node.path(name).isObject() ? Optional.of(at(name)) : Optional.empty();
    }

    /** The fields of each object in the array {@code name}. */
    public List<Fields> list(String name) {
        var child = node.path(name);
        if (!child.isArray()) {
            throw fault(name, "an array");
        }
        var items = new ArrayList<Fields>(child.size());
        for (int i = 0; i < child.size(); i++) {
            items.add(new Fields(child.path(i), where + name + "[" + i + "]."));
        }
        return items;
    }

    public String text(String name) {
        var child = node.path(name);
        if (!child.isTextual()) {
            throw fault(name, "a text");
        }
        return child.textValue();
    }

    /** The text {@code name}, if the field is there and a text. */
    public Optional<String> optionalText(String name) {
        return node.path(name).isTextual() ? Optional.of(text(name)) : Optional.empty();
    }

    public void requireText(String name, String expected) {
        if (!text(name).equals(expected)) {
            throw fault(name, "'" + expected + "'");
        }
    }

    public boolean flag(String name) {
        var child = node.path(name);
        if (!child.isBoolean()) {
            throw fault(name, "true or false");
        }
        return child.booleanValue();
    }

    /** A JSON number that fits. */
    public int number(String name) {
        var child = node.path(name);
        if (!child.isInt()) {
            throw fault(name, "a number");
        }
        return child.intValue();
    }

    /** A decimal string of 0 to 2^63-1. */
    public long amount(String name) {
        var text = text(name);
        try {
            long amount = text.length() <= 19 ? Long.parseLong(text) : -1;
            if (amount < 0 || !Long.toString(amount).equals(text)) {
                throw fault(name, "a number from 0 on, as a decimal string");
            }
            return amount;
        } catch (NumberFormatException e) {
            throw fault(name, "a number from 0 on, as a decimal string");
        }
    }

    public Bytes hex(String name) {
        try {
            return Bytes.ofHex(text(name));
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException(where + name + ": hex expected", e);
        }
    }

    public Hash hash(String name) {
        try {
            return Hash.ofHex(text(name));
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException(where + name + ": 32 bytes in hex expected", e);
        }
    }

    private IllegalArgumentException fault(String name, String expected) {
        return new IllegalArgumentException(where + name + ": " + expected + " expected");
    }
}
