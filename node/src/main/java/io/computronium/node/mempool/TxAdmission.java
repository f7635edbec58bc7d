package io.computronium.node.mempool;

import io.computronium.primitives.Hash;
import io.computronium.primitives.tx.TransactionFault;

/** What became of a transaction that asked to be let in. */
public sealed interface TxAdmission {

    /** The stable name of the outcome, for interfaces and metrics. */
    default String code() {
        return switch (this) {
            case Accepted _ -> "accepted";
            case Known _ -> "known";
            case Refused refused -> refused.fault().code();
            case PoolRefused refused -> refused.reason().code();
        };
    }

    /** It waits for a block now. */
    record Accepted(Hash id) implements TxAdmission {}

    /** It waited already, perhaps with other signatures. */
    record Known(Hash id) implements TxAdmission {}

    /**
     * No block could include it at the present head.
     *
     * @param detail for people; not stable
     */
    record Refused(TransactionFault fault, String detail) implements TxAdmission {}

    /** A block could include it, but this pool does not keep it. */
    record PoolRefused(Reason reason) implements TxAdmission {}

    /** Limits and policies of a pool. The codes are stable. */
    enum Reason {
        /** More arrives than can be verified; nothing was looked at. */
        BUSY("busy"),
        /** Full, and this one does not pay more than the least that waits. */
        POOL_FULL("pool_full"),
        /** The sender has as many waiting as one may have. */
        SENDER_LIMIT("sender_limit"),
        /** Another one waits with the same sequence, and this one does not pay a tenth more. */
        REPLACEMENT_UNDERPRICED("replacement_underpriced");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** The stable name for interfaces. */
        public String code() {
            return code;
        }
    }
}
