package io.computronium.vm.builtin;

import io.computronium.vm.contract.Shape;
import java.util.List;

/**
 * How long a day and a week are, in blocks. Chosen for each instance, since a demonstration does
 * not want to wait for a week.
 */
enum Periods {
    /** A block a second: the days of the calendar. */
    CALENDAR(86_400, 604_800),
    /** A block for ten minutes' worth, as where blocks take that long: for devnets and tests. */
    BLOCKS(144, 1_008);

    static final Shape<Periods> SHAPE = Shape.choice(List.of(values()));

    /**
     * A day for everything that protects somebody: notice of prices, time locks. The same in every
     * instance.
     */
    static final long SECURITY_DAY = 86_400;

    private final long day;
    private final long week;

    Periods(long day, long week) {
        this.day = day;
        this.week = week;
    }

    long day() {
        return day;
    }

    long week() {
        return week;
    }
}
