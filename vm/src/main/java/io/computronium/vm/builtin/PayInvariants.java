package io.computronium.vm.builtin;

import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.StateView;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What always holds of {@link Pay}. */
final class PayInvariants {

    private PayInvariants() {}

    static @Nullable String forgetting(StateView state) {
        var settled = new TreeSet<String>();
        state.all(Pay.USED)
                .forEach((key, used) -> {
                    if (used.settlement().isPresent()) {
                        settled.add(key.toHex());
                    }
                });
        var filed = new TreeSet<String>();
        Map<Long, Long> perDay = new TreeMap<>();
        var places = state.all(Pay.ENDING);
        places.forEach((key, nonce) -> {
            filed.add(Pay.Nonce.SHAPE.encode(nonce).toHex());
            perDay.merge(Pay.Place.SHAPE.decode(key).day(), 1L, Math::addExact);
        });
        Map<Long, Long> counted = new TreeMap<>();
        state.all(Pay.ENDING_COUNTS)
                .forEach((key, count) -> counted.put(Shape.UINT.decode(key), count));
        if (filed.size() != places.size()) {
            return "a nonce is filed twice";
        }
        if (!filed.equals(settled)) {
            return "settled " + settled + ", filed " + filed;
        }
        return perDay.equals(counted) ? null : "per day " + perDay + ", counted " + counted;
    }
}
