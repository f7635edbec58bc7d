package io.computronium.vm.builtin;

import static io.computronium.vm.builtin.StakingState.OPEN_UNBONDINGS;
import static io.computronium.vm.builtin.StakingState.PARAMETERS;
import static io.computronium.vm.builtin.StakingState.QUEUE;
import static io.computronium.vm.builtin.StakingState.UNBONDINGS;
import static io.computronium.vm.builtin.StakingState.VALIDATORS;
import static io.computronium.vm.contract.Fault.Common.TOO_EARLY;

import io.computronium.primitives.tx.Asset;
import io.computronium.vm.builtin.StakingState.Pair;
import io.computronium.vm.builtin.StakingState.Queue;
import io.computronium.vm.builtin.StakingState.Unbonding;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stake on its way back. It waits so long that evidence of what its validator did while it was at
 * stake comes in time. All wait equally long, so the queue is in the order of maturity.
 *
 * <p>A slash does not visit those who wait: whether it hits one is known from the heights alone,
 * and is looked at when it is paid. Until then its amount is what it was.
 */
public final class Unbondings {

    private static final int MAX_PER_BLOCK = 100;

    private Unbondings() {}

    /** Adds one and answers its maturity. */
    static long open(Frame call, Pair pair, long amount) {
        List<Long> ids = new ArrayList<>(call.find(OPEN_UNBONDINGS, pair).orElse(List.of()));
        call.require(ids.size() < StakingState.MAX_UNBONDINGS, Staking.ENTRIES);
        Queue queue = call.read(QUEUE);
        long maturesAt = Math.addExact(call.height(), call.read(PARAMETERS).unbondingBlocks());
        call.put(
                UNBONDINGS,
                queue.next(),
                new Unbonding(
                        pair.delegator(), pair.validator(), amount, call.height(), maturesAt));
        ids.add(queue.next());
        call.put(OPEN_UNBONDINGS, pair, ids);
        call.put(QUEUE, new Queue(queue.first(), queue.next() + 1));
        return maturesAt;
    }

    /** Pays what has matured of one pair. */
    static long withdraw(Frame call, Pair pair) {
        long sum = 0;
        boolean any = false;
        for (long id : call.read(OPEN_UNBONDINGS, pair)) {
            Unbonding unbonding = call.read(UNBONDINGS, id);
            if (unbonding.maturesAt() <= call.height()) {
                sum = Math.addExact(sum, pay(call, id, unbonding));
                any = true;
            }
        }
        call.require(any, TOO_EARLY);
        return sum;
    }

    /** Pays what has matured, the oldest first, a bounded number in each block. */
    public static void payMatured(Frame block) {
        Queue queue = block.read(QUEUE);
        long id = queue.first();
        long end = Math.min(queue.next(), id + MAX_PER_BLOCK);
        while (id < end) {
            Optional<Unbonding> unbonding = block.find(UNBONDINGS, id);
            if (unbonding.isPresent() && unbonding.get().maturesAt() > block.height()) {
                break;
            }
            if (unbonding.isPresent()) {
                pay(block, id, unbonding.get());
            }
            id++;
        }
        if (id != queue.first()) {
            block.put(QUEUE, new Queue(id, queue.next()));
        }
    }

    private static long pay(Frame frame, long id, Unbonding unbonding) {
        var pair = new Pair(unbonding.delegator(), unbonding.validator());
        frame.delete(UNBONDINGS, id);
        List<Long> ids = new ArrayList<>(frame.read(OPEN_UNBONDINGS, pair));
        ids.remove(id);
        if (ids.isEmpty()) {
            frame.delete(OPEN_UNBONDINGS, pair);
        } else {
            frame.put(OPEN_UNBONDINGS, pair, ids);
        }
        long slashed = slashed(frame, unbonding);
        if (slashed > 0) {
            frame.burn(Asset.COIN, frame.self(), slashed);
        }
        frame.pay(Asset.COIN, unbonding.delegator(), unbonding.amount() - slashed);
        frame.emit(
                Staking.WITHDRAWN,
                unbonding.delegator(),
                unbonding.validator(),
                unbonding.amount() - slashed,
                slashed);
        return unbonding.amount() - slashed;
    }

    /**
     * What a contradiction of the validator costs it: nothing if it was taken back before that, or
     * after the punishment, which the stake that was left then has borne.
     */
    private static long slashed(Frame frame, Unbonding unbonding) {
        boolean hit =
                frame.read(VALIDATORS, unbonding.validator())
                        .conduct()
                        .offence()
                        .filter(offence ->
                                unbonding.createdAt() >= offence.height()
                                        && unbonding.createdAt() < offence.punishedAt()
                                        && unbonding.maturesAt() >= offence.punishedAt())
                        .isPresent();
        return hit
                ? Amounts.part(unbonding.amount(), frame.read(PARAMETERS).doubleSignSlashBp())
                : 0;
    }
}
