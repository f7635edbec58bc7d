package io.computronium.vm;

/**
 * Which rules hold at which height. One set so far; another will begin at the start of an epoch
 * that the state announces at least two epochs ahead.
 */
public final class RuleSchedule {

    private final Rules first;

    private RuleSchedule(Rules first) {
        this.first = first;
    }

    /** {@code rules} from block 1 on. */
    public static RuleSchedule always(Rules rules) {
        return new RuleSchedule(rules);
    }

    /**
     * The rules for the block at {@code height}, which select its codec, gas and execution.
     *
     * @throws IllegalArgumentException if no block has this height
     */
    public Rules at(long height) {
        if (height < 1) {
            throw new IllegalArgumentException("heights start at 1, not " + height);
        }
        return first;
    }
}
