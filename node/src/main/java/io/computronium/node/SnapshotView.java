package io.computronium.node;

import io.computronium.node.rpc.StateView;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.Epochs;
import io.computronium.primitives.codec.Codec;
import io.computronium.primitives.codec.StateCodec;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.primitives.state.StateKey;
import io.computronium.storage.state.StateSnapshot;
import io.computronium.vm.BlockContext;
import io.computronium.vm.ReadOnlyCall;
import io.computronium.vm.Rules;
import io.computronium.vm.SeatsOfState;
import java.util.Optional;

/**
 * A state, as interfaces read it.
 *
 * @param rules of the next block
 * @param nextTimeMillis what the next block's time would be
 */
record SnapshotView(StateSnapshot state, Epochs epochs, Rules rules, long nextTimeMillis)
        implements StateView {

    /** The account in these bytes of the state. */
    static AccountState account(Optional<Bytes> value) {
        return value.map(bytes -> StateCodec.ACCOUNT.decode(bytes.toArray()))
                .orElse(AccountState.EMPTY);
    }

    @Override
    public long height() {
        return state.height();
    }

    @Override
    public AccountState account(Principal principal) {
        return account(state.get(StateKey.account(principal)));
    }

    @Override
    public CoinSupply supply() {
        return read(StateKey.coinSupply(), StateCodec.COIN_SUPPLY);
    }

    @Override
    public ReadOnlyCall contracts(long gasLimit) {
        var next =
                new BlockContext(
                        state.height() + 1,
                        nextTimeMillis,
                        SeatsOfState.next(state::get).getFirst().key());
        return new ReadOnlyCall(rules, state::get, next, gasLimit);
    }

    @Override
    public Validators validators() {
        return new Validators(
                epochs.epochOf(state.height() + 1),
                SeatsOfState.next(state::get).stream()
                        .map(seat -> new Seat(seat.key(), seat.power(), seat.operator()))
                        .toList());
    }

    private <T> T read(Bytes key, Codec<T> codec) {
        return state.get(key).map(bytes -> codec.decode(bytes.toArray())).orElseThrow();
    }
}
