package io.computronium.vm.contract;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.tx.Asset;
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

    long balance(Asset asset, Principal holder);

    long supply(Asset asset);

    /** The same view of another contract. */
    StateView of(Principal contract);
}
