package io.computronium.vm.contract;

import java.util.ArrayList;
import java.util.List;

/** Collects what is out of its range, so that whoever wrote it reads of all faults at once. */
public final class Ranges {

    private final List<String> faults = new ArrayList<>();

    public void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            faults.add(name + ": " + min + " to " + max + " expected, not " + value);
        }
    }

    /**
     * @throws IllegalArgumentException naming every fault as {@code name: what was expected},
     *     joined by semicolons, if there is any
     */
    public void end() {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }
}
