package io.computronium.vm.builtin;

import io.computronium.primitives.Bytes;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A resource that a company sells.
 *
 * @param name unique in the company
 * @param unit what a quantity counts
 * @param price in grains, of {@code per} units
 * @param per 1, or 3,600 where a quantity counts seconds and the price is that of an hour
 * @param next a price that was announced
 * @param enabled whether it can be bought
 * @param url SHA-256 of the address where it is served
 * @param spent all that was paid for it, in grains
 * @param used all that was bought of it
 */
record Offering(
        String name,
        String description,
        Measure unit,
        long price,
        long per,
        Optional<Announced> next,
        boolean enabled,
        Optional<Bytes> url,
        long spent,
        long used) {

    static final Shape<String> NAME = Shape.utf8(50);
    static final Shape<String> DESCRIPTION = Shape.utf8(255);
    static final Shape<Optional<Bytes>> URL = Shape.optional(Shape.bytes(32));

    static final RecordShape<Offering> SHAPE =
            RecordShape.of(
                    in ->
                            new Offering(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next(), in.next(), in.next()),
                    RecordShape.field("name", NAME, Offering::name),
                    RecordShape.field("description", DESCRIPTION, Offering::description),
                    RecordShape.field("unit", Measure.SHAPE, Offering::unit),
                    RecordShape.field("price", Shape.UINT, Offering::price),
                    RecordShape.field("per", Shape.UINT, Offering::per),
                    RecordShape.field("next", Shape.optional(Announced.SHAPE), Offering::next),
                    RecordShape.field("enabled", Shape.BOOL, Offering::enabled),
                    RecordShape.field("url", URL, Offering::url),
                    RecordShape.field("spent", Shape.UINT, Offering::spent),
                    RecordShape.field("used", Shape.UINT, Offering::used));

    /** What a quantity counts. */
    enum Measure {
        CALL(1),
        CPU_SECOND(3_600),
        GPU_SECOND(3_600),
        KILOTOKEN(1),
        MEGABYTE(1);

        static final Shape<Measure> SHAPE = Shape.choice(List.of(values()));

        private final long per;

        Measure(long per) {
            this.per = per;
        }

        long per() {
            return per;
        }
    }

    /**
     * A price from a height on.
     *
     * @param from the first height at which it holds
     */
    record Announced(long price, long from) {
        static final RecordShape<Announced> SHAPE =
                RecordShape.of(
                        in -> new Announced(in.next(), in.next()),
                        RecordShape.field("price", Shape.UINT, Announced::price),
                        RecordShape.field("from", Shape.UINT, Announced::from));
    }

    /** What {@code quantity} costs at a price, rounded up. */
    static long amount(long price, long per, long quantity) {
        return Amounts.mulDivCeil(price, quantity, per);
    }

    /** The price that holds at {@code height}. */
    long priceAt(long height) {
        return next.filter(n -> n.from <= height).map(Announced::price).orElse(price);
    }

    /** What {@code quantity} costs at {@code height}. */
    long amountAt(long height, long quantity) {
        return amount(priceAt(height), per, quantity);
    }

    Offering announce(long height, Announced announced) {
        return new Offering(
                name,
                description,
                unit,
                priceAt(height),
                per,
                Optional.of(announced),
                enabled,
                url,
                spent,
                used);
    }

    Offering toggle() {
        return new Offering(name, description, unit, price, per, next, !enabled, url, spent, used);
    }

    Offering sell(long quantity, long amount) {
        return new Offering(
                name,
                description,
                unit,
                price,
                per,
                next,
                enabled,
                url,
                Math.addExact(spent, amount),
                Math.addExact(used, quantity));
    }
}
