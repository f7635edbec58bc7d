package io.computronium.genesis;

/**
 * One thing that is wrong with a document.
 *
 * @param path to the field, like {@code validators[2].power}; empty: the document as a whole
 * @param message what was expected, and what was found
 */
public record GenesisFault(String path, String message) {

    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
