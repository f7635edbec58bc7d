package io.computronium.vm.contract;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.tx.Asset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The whole state of one contract, as the checks of its invariants see it. */
public interface StateView {

    Principal self();

    /** Of the block after which the state is looked at. */
    long height();

    <V> Optional<V> find(Variable<V> variable);

    /** Every record of a map, by the bytes of its key. */
    <K, V> SortedMap<Bytes, V> all(MapSlot<K, V> map);

    /** Every present value of a map with a past, by the bytes of its key. */
    <K, V> SortedMap<Bytes, V> all(HistorySlot<K, V> history);

    long balance(Asset asset, Principal holder);

    /** Everyone who has or had some of a token. */
    List<Principal> holders(Asset.Token token);

    /** As {@link Frame#cumulative}, up to one after {@link #height}. */
    Uint128 cumulative(Asset.Token token, Principal holder, long height);

    /** As {@link Frame#cumulativeSupply}, up to one after {@link #height}. */
    Uint128 cumulativeSupply(Asset.Token token, long height);

    long supply(Asset asset);

    /** The same view of another contract. */
    StateView of(Principal contract);
}
