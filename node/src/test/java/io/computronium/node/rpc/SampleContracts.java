package io.computronium.node.rpc;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.ContractRegistry;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.Unit;
import io.computronium.vm.contract.Variable;
import java.util.List;
import java.util.Optional;

/**
 * Two contracts that have one of everything that a declaration can have: what interfaces show is
 * tested with them, whatever becomes of the built-in ones.
 */
public final class SampleContracts {

    /** What a member of the club keeps there. */
    record Locker(long coins, Optional<String> note) {
        static final RecordShape<Locker> SHAPE =
                RecordShape.of(
                        in -> new Locker(in.next(), in.next()),
                        RecordShape.field("coins", Shape.UINT, Locker::coins),
                        RecordShape.field("note", Shape.optional(Shape.utf8(20)), Locker::note));
    }

    private static final Variable<Long> COUNT =
            new Variable<>(1, "member-count", Shape.UINT, "How many members there are");
    private static final MapSlot<Principal, Locker> LOCKER =
            new MapSlot<>(2, "locker", Shape.PRINCIPAL, Locker.SHAPE, "What a member keeps here");

    private static final Fault CLOSED =
            new Fault.Own(10, "CLOSED", "the club is closed; come back later");

    private static final EventType JOINED =
            EventType.of(
                    "member-joined",
                    "Somebody became a member",
                    EventType.key("member", Shape.PRINCIPAL),
                    EventType.amount("dues", Unit.COIN));

    private static final Parameter<Long> DUES = Parameter.coins("dues", "what to pay, over 0");
    private static final Parameter<Long> STAY = Parameter.blocks("stay", "for how long");
    private static final Parameter<Long> SHARE = Parameter.basisPoints("share", "of the profit");
    private static final Parameter<Principal> FRIEND =
            Parameter.principal("friend", "who is invited");
    private static final Parameter<Optional<String>> NOTE =
            Parameter.of("note", Shape.optional(Shape.utf8(20)), "for the locker");
    private static final Parameter<List<Long>> DAYS =
            Parameter.of("days", Shape.list(Shape.UINT, 3), "numbers of days");
    private static final Parameter<Bytes> BADGE = Parameter.hash("badge", "of the member");
    private static final Parameter<Boolean> LOUD =
            Parameter.of("loud", Shape.BOOL, "whether everybody is told");
    private static final Parameter<Long> FIRST = Parameter.number("first", "a number");
    private static final Parameter<Long> SECOND = Parameter.number("second", "another number");
    private static final Parameter<Long> UNITS = Parameter.tokens("units", "how many");

    private static final Contract CLUB =
            Contract.singleton("club", 90, "A club with lockers")
                    .variables(COUNT)
                    .maps(LOCKER)
                    .faults(CLOSED)
                    .events(JOINED)
                    .invariants(
                            new Contract.Invariant(
                                    "count", "The count is that of the lockers", _ -> null))
                    .methods(
                            Method.publicly("join", "Become a member")
                                    .takes(DUES, STAY, SHARE, NOTE, DAYS, LOUD)
                                    .gas(500)
                                    .command(
                                            "club",
                                            "join",
                                            "--dues 1.5cptm --stay 7d --share 25% --note hello"
                                                    + " --days u1,u2 --from alice")
                                    .returns(Shape.UINT, _ -> 1L),
                            Method.directly("invite", "Invite a friend")
                                    .takes(FRIEND, BADGE)
                                    .gas(300)
                                    .command(
                                            "club",
                                            "invite",
                                            "--friend bob --badge "
                                                    + "ab".repeat(32)
                                                    + " --from alice")
                                    .returns(Shape.BOOL, _ -> true),
                            Method.readOnly("sum", "The sum of two numbers")
                                    .takes(FIRST, SECOND)
                                    .gas(100)
                                    .command("club", "sum", "--first 2 --second 3")
                                    .returns(
                                            Shape.UINT,
                                            call ->
                                                    Math.addExact(
                                                            call.get(FIRST), call.get(SECOND))),
                            Method.readOnly("open", "Whether one can come in")
                                    .gas(100)
                                    .returns(Shape.BOOL, SampleContracts::open))
                    .declare();

    private static final Contract BOX =
            Contract.template("box", 91, "A box of tokens")
                    .variables(new Variable<>(1, "units", Shape.UINT, "What is in the box"))
                    .constructors(
                            Method.directly("create", "Make a box")
                                    .takes(Contract.INSTANCE, UNITS)
                                    .gas(700)
                                    .command("box", "create", "--name tin --units 5 --from alice")
                                    .returns(Shape.BOOL, _ -> true))
                    .methods(
                            Method.publicly("fill", "Put tokens into the box")
                                    .takes(UNITS)
                                    .gas(200)
                                    .command("box", "fill", "tin --units 5 --from alice")
                                    .returns(Shape.UINT, _ -> 1L),
                            Method.readOnly("owner", "Whose box it is")
                                    .gas(100)
                                    .command("box", "owner", "tin --from alice")
                                    .returns(Shape.PRINCIPAL, Frame::self))
                    .declare();

    /** A singleton {@code club} and a template {@code box}. */
    public static final ContractRegistry REGISTRY = ContractRegistry.of(List.of(CLUB, BOX));

    private SampleContracts() {}

    private static boolean open(Frame call) {
        throw call.failure(CLOSED);
    }
}
