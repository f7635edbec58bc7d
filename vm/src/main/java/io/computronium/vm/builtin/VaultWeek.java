package io.computronium.vm.builtin;

import io.computronium.primitives.Uint128;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.List;

/**
 * A week in which something came in, or was carried to.
 *
 * @param pool of the holders, once closed
 * @param totalWeight of all holders, once closed
 * @param claimed of the pool
 * @param claimedWeight of those who claimed
 */
record VaultWeek(
        long payments,
        long auctions,
        long pool,
        Uint128 totalWeight,
        long claimed,
        Uint128 claimedWeight,
        Stage stage) {
    static final VaultWeek EMPTY =
            new VaultWeek(0, 0, 0, Uint128.ZERO, 0, Uint128.ZERO, Stage.OPEN);

    static final RecordShape<VaultWeek> SHAPE =
            RecordShape.of(
                    in ->
                            new VaultWeek(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next()),
                    RecordShape.field("payments", Shape.UINT, VaultWeek::payments),
                    RecordShape.field("auctions", Shape.UINT, VaultWeek::auctions),
                    RecordShape.field("pool", Shape.UINT, VaultWeek::pool),
                    RecordShape.field("total-weight", Shape.UINT128, VaultWeek::totalWeight),
                    RecordShape.field("claimed", Shape.UINT, VaultWeek::claimed),
                    RecordShape.field("claimed-weight", Shape.UINT128, VaultWeek::claimedWeight),
                    RecordShape.field(
                            "stage", Shape.choice(List.of(Stage.values())), VaultWeek::stage));

    VaultWeek receive(Vault.Source source, long amount) {
        return switch (source) {
            case PAYMENT ->
                    new VaultWeek(
                            Math.addExact(payments, amount),
                            auctions,
                            pool,
                            totalWeight,
                            claimed,
                            claimedWeight,
                            stage);
            case AUCTION ->
                    new VaultWeek(
                            payments,
                            Math.addExact(auctions, amount),
                            pool,
                            totalWeight,
                            claimed,
                            claimedWeight,
                            stage);
        };
    }

    VaultWeek close(long ofHolders, Uint128 weight) {
        return new VaultWeek(payments, auctions, ofHolders, weight, 0, Uint128.ZERO, Stage.CLOSED);
    }

    VaultWeek claim(long amount, Uint128 weight) {
        return new VaultWeek(
                payments,
                auctions,
                pool,
                totalWeight,
                claimed + amount,
                claimedWeight.plus(weight),
                stage);
    }

    VaultWeek sweep() {
        return new VaultWeek(
                payments, auctions, pool, totalWeight, claimed, claimedWeight, Stage.SWEPT);
    }

    /** What the holders may still claim. */
    long unclaimed() {
        return stage == Stage.CLOSED ? pool - claimed : 0;
    }

    /** How far a week is. */
    enum Stage {
        OPEN,
        CLOSED,
        SWEPT
    }
}
