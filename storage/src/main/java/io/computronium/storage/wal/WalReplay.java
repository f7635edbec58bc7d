package io.computronium.storage.wal;

import java.util.List;

/** What the log holds of the height that had begun when it was last written. */
public sealed interface WalReplay {

    /** The records of {@code height} and later ones, in the order in which they were appended. */
    List<WalRecord> records();

    /** Everything that was forced is here. */
    record Complete(List<WalRecord> records) implements WalReplay {

        public Complete {
            records = List.copyOf(records);
        }
    }

    /**
     * A record that had been forced cannot be read any more. The node must not sign at this height,
     * nor at the next (W4).
     *
     * @param records those in front of the damage
     * @param where file and offset, for the operator
     */
    record WalDamage(List<WalRecord> records, String where) implements WalReplay {

        public WalDamage {
            records = List.copyOf(records);
        }
    }
}
