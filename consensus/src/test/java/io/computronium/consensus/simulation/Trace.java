package io.computronium.consensus.simulation;

import io.computronium.consensus.Input;
import java.util.Objects;

/** A number for an input, the same in every process; enums and records give none. */
final class Trace {

    private Trace() {}

    static long of(Input input) {
        return switch (input) {
            case Input.StartHeight i -> mix(1, i.height(), i.targetMillis(), i.parent().id());
            case Input.ProposalArrived(var p, long at) ->
                    mix(2, p.round(), p.polRound(), p.blockId());
            case Input.VoteArrived(var v, long at) ->
                    mix(
                            name(3, v.kind()),
                            v.round(),
                            v.validatorIndex(),
                            Objects.hashCode(v.blockId()));
            case Input.CommitArrived(var c, long at) -> mix(5, c.height(), c.round(), c.blockId());
            case Input.BlockArrived(var b, long at) -> mix(6, b.height(), b.timeMillis(), b.id());
            case Input.BlockBuilt(int round, var b, long at) ->
                    mix(7, round, b.timeMillis(), b.id());
            case Input.BlockJudged(var id, var verdict, long at) -> mix(8, name(0, verdict), 0, id);
            case Input.Maj23Claimed i ->
                    mix(
                            name(9, i.kind()),
                            i.round(),
                            i.peer().hashCode(),
                            Objects.hashCode(i.blockId()));
            case Input.TimerFired(var timer, long at) ->
                    mix(11, name(0, timer.kind()), timer.round(), timer.height());
            case Input.Resumed(var signed, long at) -> mix(12, at, 0, 0);
        };
    }

    private static int name(int of, Enum<?> constant) {
        return of + constant.name().hashCode();
    }

    private static long mix(int kind, long a, long b, Object c) {
        return ((kind * 31L + a) * 0x9e3779b97f4a7c15L + b) * 31 + c.hashCode();
    }
}
