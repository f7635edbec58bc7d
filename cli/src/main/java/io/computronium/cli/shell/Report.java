package io.computronium.cli.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command found or did, once for programs and once for people.
 *
 * @param data the frame's {@code data}
 * @param sheet the same as text
 * @param chain the chain that it is about, or null for commands that ask none
 * @param warnings things that the user should know although the command did its work
 */
public record Report(
        ObjectNode data, Sheet sheet, @Nullable ChainTip chain, List<String> warnings) {

    public Report {
        warnings = List.copyOf(warnings);
    }

    /** A report that is about no chain. */
    public static Report offline(ObjectNode data, Sheet sheet) {
        return new Report(data, sheet, null, List.of());
    }

    public static Report of(ObjectNode data, Sheet sheet, ChainTip chain) {
        return new Report(data, sheet, chain, List.of());
    }

    /** This report with one more warning. */
    public Report warning(String text) {
        var more = new ArrayList<>(warnings);
        more.add(text);
        return new Report(data, sheet, chain, more);
    }

    /**
     * Which chain answered, and how far it was.
     *
     * @param dev whether its coins are worth nothing by declaration
     */
    public record ChainTip(String id, long height, boolean dev) {}
}
