package io.computronium.node.rpc;

import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.vm.ReadOnlyCall;
import java.util.List;

/** The state at one height. Immutable. */
public interface StateView {

    long height();

    /** {@link AccountState#EMPTY} if there is none. */
    AccountState account(Principal principal);

    CoinSupply supply();

    /** The set that decides the next height. */
    Validators validators();

    /**
     * Reads of contracts in this state, for one question and one thread.
     *
     * @param gasLimit the most work that they may be
     */
    ReadOnlyCall contracts(long gasLimit);

    /**
     * @param seats in the order of the set
     */
    record Validators(long epoch, List<Seat> seats) {
        public Validators {
            seats = List.copyOf(seats);
        }
    }

    /** A member of the set. */
    record Seat(PublicKey publicKey, long power, Principal operator) {}
}
