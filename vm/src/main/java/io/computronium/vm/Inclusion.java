package io.computronium.vm;

import io.computronium.primitives.block.Receipt;

/** What came of offering a transaction to a block. */
public sealed interface Inclusion {

    /** It is the block's next transaction, whether it succeeded or failed. */
    record Included(Receipt receipt) implements Inclusion {}

    /** It is not in the block, and nothing changed. */
    sealed interface Excluded extends Inclusion {}

    /** It may not run at this point. */
    record Refused(Refusal refusal) implements Excluded {}

    /** It would break a limit of the block; another block may have room. */
    record NoRoom(Limit limit) implements Excluded {}

    /** What a block has a limited amount of. */
    enum Limit {
        GAS,
        BYTES,
        TRANSACTIONS
    }
}
