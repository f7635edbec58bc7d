package io.computronium.consensus;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;

/** The timers of the round in progress. Those of rounds gone by are forgotten, not cancelled. */
final class RoundTimers {

    private final long height;
    private final List<Effect> effects;
    private final EnumMap<Timer.Kind, Effect.SetTimer> set = new EnumMap<>(Timer.Kind.class);
    private final EnumSet<Timer.Kind> expired = EnumSet.noneOf(Timer.Kind.class);
    private int round;

    RoundTimers(long height, int round, List<Effect> effects) {
        this.height = height;
        this.round = round;
        this.effects = effects;
    }

    void startRound(int next) {
        round = next;
        set.clear();
        expired.clear();
    }

    /** Sets a timer, also one that was set before. */
    void set(Timer.Kind kind, long delayMillis) {
        var effect = new Effect.SetTimer(new Timer(kind, height, round), delayMillis);
        expired.remove(kind);
        set.put(kind, effect);
        effects.add(effect);
    }

    /** Whether a timer was set in this round; it may have expired since. */
    boolean isSet(Timer.Kind kind) {
        return set.containsKey(kind);
    }

    boolean isExpired(Timer.Kind kind) {
        return expired.contains(kind);
    }

    /** Notes an expiry, unless it is of a round gone by. */
    void fired(Timer timer) {
        if (timer.round() == round && set.containsKey(timer.kind())) {
            expired.add(timer.kind());
        }
    }

    /** Sets everything that is still to expire once more, for its full length. */
    void setAgain() {
        set.forEach((kind, effect) -> {
            if (!expired.contains(kind)) {
                effects.add(effect);
            }
        });
    }
}
