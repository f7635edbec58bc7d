package io.computronium.vm.contract;

/**
 * An error that a contract answers with: {@code (err u1310)}. Codes are consensus and stable for
 * ever; names and texts are for people.
 */
public sealed interface Fault {

    /** The code as a contract with this module number answers it. */
    int code(int module);

    /** Upper case, words with {@code _} between. */
    String name();

    /** What is wrong, and what to do about it, in one line. */
    String meaning();

    /** What every contract may answer, as module · 100 + place. */
    enum Common implements Fault {
        UNAUTHORIZED(0, "the caller may not do this"),
        INVALID_PARAMS(1, "an argument is out of its range"),
        NOT_FOUND(2, "there is no such record"),
        EXISTS(3, "there is one already"),
        WRONG_STATE(4, "not in the state that it is in"),
        TOO_EARLY(5, "not yet"),
        TOO_LATE(6, "not any more"),
        INSUFFICIENT(7, "the balance does not cover it"),
        LIMIT(8, "there are as many as there may be"),
        SLIPPAGE(9, "it would cost more than the limit given");

        private final int place;
        private final String meaning;

        Common(int place, String meaning) {
            this.place = place;
            this.meaning = meaning;
        }

        @Override
        public int code(int module) {
            return module * MODULE_SIZE + place;
        }

        @Override
        public String meaning() {
            return meaning;
        }
    }

    /**
     * What one contract may answer besides.
     *
     * @param place 10 to 99
     */
    record Own(int place, String name, String meaning) implements Fault {
        public Own {
            if (place < 10 || place >= MODULE_SIZE) {
                throw new IllegalArgumentException("10 to 99 expected, not " + place);
            }
        }

        @Override
        public int code(int module) {
            return module * MODULE_SIZE + place;
        }
    }

    /**
     * What a standard prescribes, whichever contract answers it.
     *
     * @param code 1 to 99
     */
    record Standard(int code, String name, String meaning) implements Fault {
        @Override
        public int code(int module) {
            return code;
        }
    }

    /** How many codes a module has. */
    int MODULE_SIZE = 100;
}
