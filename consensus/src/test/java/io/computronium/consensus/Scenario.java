package io.computronium.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A play in rows: a description, an input, and all the effects it must have, in order. Rows before
 * the first description set the scene and are not looked at.
 */
final class Scenario {

    private final String name;
    private final int who;
    private final List<Row> rows = new ArrayList<>();

    private record Row(String description, Input input, List<Effect> expected, boolean isChecked) {}

    private Scenario(String name, int who) {
        this.name = name;
        this.who = who;
    }

    /** A scenario that validator {@code who} is in, which no height has been started in. */
    static Scenario idle(String name, int who) {
        return new Scenario(name, who);
    }

    /** A scenario that validator {@code who} is in, which has just started height 5. */
    static Scenario of(String name, int who) {
        return new Scenario(name, who).given(Four.start());
    }

    /** As {@link #of}, in round 0: the block is due. */
    static Scenario inRoundZero(String name, int who) {
        return of(name, who).given(Four.fired(Timer.Kind.ENTER, 0));
    }

    Scenario given(Input... inputs) {
        for (Input input : inputs) {
            rows.add(new Row("given", input, List.of(), false));
        }
        return this;
    }

    Scenario row(String description, Input input, Effect... expected) {
        rows.add(new Row(description, input, List.of(expected), true));
        return this;
    }

    /** Plays all rows; the core that is left. */
    BftCore play() {
        var core = new BftCore(Four.key(who));
        for (Row row : rows) {
            List<Effect> effects = core.step(row.input());
            if (row.isChecked()) {
                assertEquals(lines(row.expected()), lines(effects), row.description());
            }
        }
        return core;
    }

    private static String lines(List<Effect> effects) {
        return effects.stream().map(Effect::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return name;
    }
}
