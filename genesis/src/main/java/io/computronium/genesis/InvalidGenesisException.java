package io.computronium.genesis;

import java.util.List;
import java.util.stream.Collectors;

/** A document that no chain can start from, with all that is wrong with it. */
public final class InvalidGenesisException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<GenesisFault> faults;

    /**
     * @param faults at least one
     */
    InvalidGenesisException(List<GenesisFault> faults) {
        super(
                faults.stream()
                        .map(GenesisFault::toString)
                        .collect(Collectors.joining("; ", "invalid genesis: ", "")));
        this.faults = List.copyOf(faults);
    }

    /** At least one, in the order of the document. */
    public List<GenesisFault> faults() {
        return faults;
    }
}
