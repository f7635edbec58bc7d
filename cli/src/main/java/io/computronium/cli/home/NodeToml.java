package io.computronium.cli.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code node.toml}: unknown keys and wrong types are faults, not surprises later. */
final class NodeToml {

    private static final TomlMapper TOML = new TomlMapper();

    private NodeToml() {}

    /** The values that {@code text} gives; what is wrong with it goes to {@code faults}. */
    static Map<Setting, String> read(String text, List<String> faults) {
        var values = new EnumMap<Setting, String>(Setting.class);
        try {
            collect(TOML.readTree(text), "", values, faults);
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            var line = where == null ? "" : " at line " + where.getLineNr();
            faults.add("node.toml" + line + ": " + e.getOriginalMessage());
        }
        return values;
    }

    private static void collect(
            JsonNode table, String prefix, Map<Setting, String> values, List<String> faults) {
        for (var field : table.properties()) {
            var key = prefix + field.getKey();
            var setting = Setting.ofKey(key);
            if (setting.isPresent()) {
                take(setting.get(), field.getValue(), values, faults);
            } else if (field.getValue().isObject() && prefix.isEmpty()) {
                collect(field.getValue(), key + ".", values, faults);
            } else {
                faults.add(key + ": no such setting");
            }
        }
    }

    private static void take(
            Setting setting, JsonNode node, Map<Setting, String> values, List<String> faults) {
        var text = text(setting.kind(), node);
        var fault = text == null ? setting.fault("\0") : setting.fault(text);
        if (text != null && fault.isEmpty()) {
            values.put(setting, text);
        } else {
            faults.add(setting.key() + ": " + fault.orElse("another type") + " expected");
        }
    }

    private static @Nullable String text(Setting.Kind kind, JsonNode node) {
        return switch (kind) {
            case TEXT, HOST, LEVEL -> node.isTextual() ? node.textValue() : null;
            case PORT -> node.isIntegralNumber() ? node.asText() : null;
            case FLAG -> node.isBoolean() ? node.asText() : null;
            case PEERS -> {
                var items = new ArrayList<String>();
                for (var item : node) {
                    if (!item.isTextual() || item.textValue().contains(",")) {
                        yield null;
                    }
                    items.add(item.textValue());
                }
                yield node.isArray() ? String.join(",", items) : null;
            }
        };
    }

    /** A file that gives {@code values} and shows the defaults of the others as comments. */
    static String write(Map<Setting, String> values) {
        var text =
                new StringBuilder(
                        """
                        # A node of Computronium. Flags of cptm node start win over CPTM_* variables, those
                        # over this file. cptm config show prints what is in force.
                        """);
        var table = "";
        for (var setting : Setting.values()) {
            int dot = setting.key().indexOf('.');
            var its = dot < 0 ? "" : setting.key().substring(0, dot);
            text.append('\n');
            if (!its.equals(table)) {
                text.append('[').append(its).append("]\n");
                table = its;
            }
            var value = values.get(setting);
            text.append("# ").append(setting.description()).append('\n');
            text.append(value == null ? "# " : "")
                    .append(setting.key().substring(dot + 1))
                    .append(" = ")
                    .append(setting.toml(value == null ? setting.defaultText() : value))
                    .append('\n');
        }
        return text.toString();
    }
}
