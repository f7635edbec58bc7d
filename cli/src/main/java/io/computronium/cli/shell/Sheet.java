package io.computronium.cli.shell;

import java.util.ArrayList;
import java.util.List;

/** Text for people: headlines, aligned rows of label and value, tables. */
public final class Sheet {

    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private sealed interface Part {}

    private record Line(String text, boolean headline) implements Part {}

    private record Row(String label, String value) implements Part {}

    private record Table(List<String> head, List<List<String>> rows) implements Part {}

    private final List<Part> parts = new ArrayList<>();

    public static Sheet of(String headline) {
        return new Sheet().headline(headline);
    }

    public Sheet headline(String text) {
        parts.add(new Line(text, true));
        return this;
    }

    public Sheet line(String text) {
        parts.add(new Line(text, false));
        return this;
    }

    /** A label and its value; consecutive rows are aligned. */
    public Sheet row(String label, String value) {
        parts.add(new Row(label, value));
        return this;
    }

    /** Columns under their names; every row has as many cells as {@code head}. */
    public Sheet table(List<String> head, List<List<String>> rows) {
        parts.add(new Table(List.copyOf(head), List.copyOf(rows)));
        return this;
    }

    /** The text, with ANSI styles if {@code styled}. Ends with a line feed unless it is empty. */
    public String render(boolean styled) {
        var text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Line line ->
                        text.append(style(line.text, styled && line.headline ? BOLD : ""))
                                .append('\n');
                case Row row ->
                        text.append(style(pad(row.label, labelWidth(i)), styled ? DIM : ""))
                                .append("  ")
                                .append(row.value)
                                .append('\n');
                case Table table -> append(text, table, styled);
            }
        }
        return text.toString();
    }

    /** The width of the labels in the run of rows around {@code index}. */
    private int labelWidth(int index) {
        int width = 0;
        for (int i = index; i >= 0 && parts.get(i) instanceof Row row; i--) {
            width = Math.max(width, row.label.length());
        }
        for (int i = index; i < parts.size() && parts.get(i) instanceof Row row; i++) {
            width = Math.max(width, row.label.length());
        }
        return width;
    }

    private static void append(StringBuilder text, Table table, boolean styled) {
        var widths = table.head.stream().mapToInt(String::length).toArray();
        for (var row : table.rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        text.append(style(cells(table.head, widths), styled ? DIM : "")).append('\n');
        table.rows.forEach(row -> text.append(cells(row, widths)).append('\n'));
    }

    private static String cells(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(pad(row.get(column), widths[column])).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String style(String text, String style) {
        return style.isEmpty() ? text : style + text + PLAIN;
    }
}
