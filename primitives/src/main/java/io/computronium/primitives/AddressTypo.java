package io.computronium.primitives;

import java.util.OptionalInt;

/** Finds where a mistyped address is probably wrong, for the message to a person who typed it. */
public final class AddressTypo {

    private AddressTypo() {}

    /**
     * The place, from 1, of the one character of {@code text} whose change alone makes an address
     * of it, or of the first of two neighbours whose exchange does; empty if there is none or
     * several.
     *
     * <p>The right character is not told on purpose: a suggestion would be believed, and one random
     * text in three million has one. Takes milliseconds, so is nothing for a server to do.
     */
    public static OptionalInt find(String text) {
        int found = 0;
        for (int i = 0; i < text.length() && text.length() <= C32Check.MAX_LENGTH; i++) {
            if (isOneChangeFromAnAddress(text, i)) {
                if (found != 0) {
                    return OptionalInt.empty();
                }
                found = i + 1;
            }
        }
        return found == 0 ? OptionalInt.empty() : OptionalInt.of(found);
    }

    private static boolean isOneChangeFromAnAddress(String text, int place) {
        var changed = new StringBuilder(text);
        for (int i = 0; i < C32Check.ALPHABET.length(); i++) {
            changed.setCharAt(place, C32Check.ALPHABET.charAt(i));
            if (isAddress(changed)) {
                return true;
            }
        }
        if (place + 1 == text.length()) {
            return false;
        }
        changed.setCharAt(place, text.charAt(place + 1));
        changed.setCharAt(place + 1, text.charAt(place));
        return isAddress(changed);
    }

    private static boolean isAddress(CharSequence text) {
        try {
            Address.parse(text.toString());
            return true;
        } catch (MalformedDataException e) {
            return false;
        }
    }
}
