package io.computronium.vm.value;

/** Text that is not a value as the contract language writes it, and where it stops being one. */
public final class ValueSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** How much of the text is shown on either side of the place. */
    private static final int CONTEXT = 30;

    private final String text;
    private final int place;

    ValueSyntaxException(String text, int place, String expected) {
        super(
                (place == text.length()
                                ? "at the end"
                                : "at character " + (text.codePointCount(0, place) + 1))
                        + ": "
                        + expected);
        this.text = text;
        this.place = place;
    }

    /** The index in the text, which is its length if something is missing at the end. */
    public int place() {
        return place;
    }

    /** The text around the place, and below it a mark; without control characters. */
    public String picture() {
        int from = Math.max(0, place - CONTEXT);
        int to = Math.min(text.length(), place + CONTEXT);
        var before = from > 0 ? "…" : "";
        var shown = before + text.substring(from, to) + (to < text.length() ? "…" : "");
        return shown.replaceAll("\\p{Cntrl}", " ")
                + "\n"
                + " ".repeat(before.length() + place - from)
                + "^";
    }
}
