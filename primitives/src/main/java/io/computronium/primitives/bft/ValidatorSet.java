package io.computronium.primitives.bft;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The validators of an epoch, ordered by key, and the one definition of a quorum.
 *
 * <p>With total power {@code n}, a <em>quorum</em> is any power {@code q} with {@code 3q > 2n}: two
 * quorums share more than a third, hence an honest validator, as long as the faulty hold less than
 * a third. A <em>blocking</em> power {@code b} has {@code 3b >= n}: without it no quorum exists,
 * and it always contains someone honest.
 */
public final class ValidatorSet {

    /** Bounds sums so that tripling them stays within 64 bits. */
    public static final long MAX_TOTAL_POWER = 1L << 60;

    public static final int MAX_VALIDATORS = 65_536;

    private final List<Validator> validators;
    private final long totalPower;

    private ValidatorSet(List<Validator> sorted) {
        this.validators = sorted;
        long sum = 0;
        for (Validator validator : sorted) {
            sum += validator.power();
            MalformedDataException.unless(
                    sum <= MAX_TOTAL_POWER, "validators: total power over 2^60");
        }
        this.totalPower = sum;
    }

    /**
     * Sorts by key.
     *
     * @throws MalformedDataException if empty, too large, or a key occurs twice
     */
    public static ValidatorSet of(List<Validator> validators) {
        List<Validator> sorted = new ArrayList<>(validators);
        sorted.sort(Comparator.comparing(Validator::publicKey));
        return ofSorted(sorted);
    }

    /**
     * As {@link #of}, of entries that must be in order already.
     *
     * @throws MalformedDataException also if they are not strictly ascending by key
     */
    public static ValidatorSet ofSorted(List<Validator> validators) {
        MalformedDataException.unless(
                !validators.isEmpty() && validators.size() <= MAX_VALIDATORS,
                "validators: 1 to 65,536 expected");
        for (int i = 1; i < validators.size(); i++) {
            MalformedDataException.unless(
                    validators.get(i - 1).publicKey().compareTo(validators.get(i).publicKey()) < 0,
                    "validators: keys must ascend strictly");
        }
        return new ValidatorSet(List.copyOf(validators));
    }

    public List<Validator> validators() {
        return validators;
    }

    public int size() {
        return validators.size();
    }

    public Validator get(int index) {
        return validators.get(index);
    }

    public long totalPower() {
        return totalPower;
    }

    /** Whether {@code power} is more than two thirds of the total. */
    public boolean isQuorum(long power) {
        return 3 * power > 2 * totalPower;
    }

    /** Whether {@code power} is at least one third of the total, so that the rest has no quorum. */
    public boolean isBlocking(long power) {
        return 3 * power >= totalPower;
    }

    public OptionalInt indexOf(PublicKey key) {
        int index =
                Collections.binarySearch(
                        validators,
                        new Validator(key, 1),
                        Comparator.comparing(Validator::publicKey));
        return index >= 0 ? OptionalInt.of(index) : OptionalInt.empty();
    }

    /** The validator at an index that came from outside. */
    public Optional<Validator> find(int index) {
        return index >= 0 && index < validators.size()
                ? Optional.of(validators.get(index))
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValidatorSet that && validators.equals(that.validators);
    }

    @Override
    public int hashCode() {
        return validators.hashCode();
    }

    @Override
    public String toString() {
        return "ValidatorSet" + validators;
    }
}
