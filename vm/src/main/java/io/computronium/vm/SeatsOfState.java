package io.computronium.vm;

import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Invariants;
import io.computronium.primitives.Principal;
import io.computronium.primitives.state.StateKey;
import io.computronium.vm.builtin.Seat;
import io.computronium.vm.builtin.StakingState;
import io.computronium.vm.contract.Variable;
import java.util.List;
import java.util.Optional;

/** The validators, as the state after some block has them. */
public final class SeatsOfState {

    /** The same for all networks: see {@link StateKey}. */
    private static final Bytes STAKING =
            StateKey.contract(Principal.of(AddressVersions.MAINNET.systemAccount(), "staking"));

    private SeatsOfState() {}

    /** Those that decide the next height. */
    public static List<Seat> next(StateReader state) {
        return read(state, StakingState.SEATS);
    }

    /** Those of the epoch before that of {@link #next}. */
    public static List<Seat> ofEpochBefore(StateReader state) {
        return read(state, StakingState.LAST_SEATS);
    }

    private static List<Seat> read(StateReader state, Variable<List<Seat>> variable) {
        Optional<Bytes> bytes = state.get(StateKey.record(STAKING, variable.id(), Bytes.EMPTY));
        Invariants.check(bytes.isPresent(), "the state has what genesis puts there");
        return variable.value().decode(bytes.orElseThrow());
    }
}
