package io.computronium.consensus.simulation;

import io.computronium.consensus.ProposerOrder;
import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.Epochs;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.bft.ValidatorSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Who has a seat in which epoch, and with what power: a function of the seed. From one epoch to the
 * next a validator may come from the bench, and one may leave; in some seeds powers differ.
 */
final class Elections {

    private final Epochs epochs;
    private final Hash genesis;
    private final SplittableRandom random;
    private final int seats;
    private final boolean weighted;
    private final List<Integer> seated;
    private final List<Integer> bench;
    private final Keys keys;
    private final List<ValidatorSet> sets = new ArrayList<>();
    private final List<ProposerOrder> orders = new ArrayList<>();
    private final Map<PublicKey, Integer> ids = new HashMap<>();

    /**
     * @param weighted whether powers may differ
     */
    Elections(
            long seed,
            boolean weighted,
            int seats,
            int keyCount,
            Keys keys,
            Epochs epochs,
            Hash genesis) {
        this.seats = seats;
        this.random = new SplittableRandom(seed);
        this.weighted = weighted && seats > 1 && random.nextInt(4) == 0;
        this.seated = new ArrayList<>(IntStream.range(0, seats).boxed().toList());
        this.bench = new ArrayList<>(IntStream.range(seats, keyCount).boxed().toList());
        this.keys = keys;
        this.epochs = epochs;
        this.genesis = genesis;
        IntStream.range(0, keyCount).forEach(key -> ids.put(keys.publicKey(key), key));
    }

    private void electUpTo(long epoch) {
        while (sets.size() <= epoch) {
            int change = sets.isEmpty() ? 0 : random.nextInt(4);
            if (change >= 2 && !bench.isEmpty()) {
                seated.add(bench.removeFirst());
            }
            if (change % 2 == 1 && seated.size() > seats) {
                int leaves = random.nextInt(seated.size());
                bench.add(seated.get(leaves));
                seated.subList(leaves, leaves + 1).clear();
            }
            var set =
                    ValidatorSet.of(
                            seated.stream()
                                    .map(key -> new Validator(keys.publicKey(key), power()))
                                    .toList());
            orders.add(ProposerOrder.of(set, genesis, epochs, sets.size()));
            sets.add(set);
        }
    }

    private long power() {
        return weighted ? 1 + random.nextInt(3) : 1;
    }

    ValidatorSet set(long height) {
        long epoch = epochs.epochOf(height);
        electUpTo(epoch);
        return sets.get((int) epoch);
    }

    ProposerOrder order(long height) {
        set(height);
        return orders.get((int) epochs.epochOf(height));
    }

    /** The number of a validator's key. */
    int keyAt(long height, int index) {
        return keyOf(set(height).get(index).publicKey());
    }

    int keyOf(PublicKey key) {
        return ids.getOrDefault(key, -1);
    }

    int proposer(long height, int round) {
        return keyAt(height, order(height).proposer(height, round));
    }
}
