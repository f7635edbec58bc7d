package io.computronium.vm;

import java.util.ArrayList;
import java.util.List;

/** What was changed, in order, so that it can be taken back to a mark. */
final class Journal {

    /** Takes one change back; called in the reverse order of the changes. */
    @FunctionalInterface
    interface Undo {
        void undo();
    }

    private final List<Undo> changes = new ArrayList<>();

    void add(Undo change) {
        changes.add(change);
    }

    /** The point that {@link #rollback} may return to, until {@link #forget}. */
    int mark() {
        return changes.size();
    }

    void rollback(int mark) {
        while (changes.size() > mark) {
            changes.removeLast().undo();
        }
    }

    /** Makes everything so far final: no mark is valid any more. */
    void forget() {
        changes.clear();
    }
}
