package io.computronium.node.mempool;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.state.AccountState;
import java.util.Optional;

/** The committed state that transactions must fit. Immutable; read on the mempool thread. */
public interface Head {

    /** Of the last committed block; 0 before the first. */
    long height();

    /** Grains for 1,000 gas in the next block. */
    long baseFee();

    /** {@link AccountState#EMPTY} if there is none. */
    AccountState account(Principal principal);

    /** A record of the state: of accounts, what more there is of who may act for them. */
    Optional<Bytes> record(Bytes key);
}
