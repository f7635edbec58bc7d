package io.computronium.vm.value;

/** Names of the contract language (SIP-005, "ClarityName"). */
public final class Names {

    public static final int MAX_LENGTH = 128;

    private static final String MARKS = "-_!?+<>=/*";

    private Names() {}

    /**
     * Whether {@code text} is a letter with letters, digits and {@code -_!?+<>=/*} after it, or one
     * of the operators {@code - + = / * < > <= >=}; at most {@link #MAX_LENGTH} characters.
     */
    public static boolean isName(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        if (!isLetter(text.charAt(0))) {
            return isOperator(text);
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOperator(String text) {
        return switch (text) {
            case "-", "+", "=", "/", "*", "<", ">", "<=", ">=" -> true;
            default -> false;
        };
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
