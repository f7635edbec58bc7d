package io.computronium.vm.builtin;

import static io.computronium.vm.builtin.StakingState.LAST_SEATS;
import static io.computronium.vm.builtin.StakingState.MISSED;
import static io.computronium.vm.builtin.StakingState.PARAMETERS;
import static io.computronium.vm.builtin.StakingState.ROSTER;
import static io.computronium.vm.builtin.StakingState.SEATS;
import static io.computronium.vm.builtin.StakingState.SIGNERS;
import static io.computronium.vm.builtin.StakingState.SNAPSHOT;
import static io.computronium.vm.builtin.StakingState.VALIDATORS;

import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.Epochs;
import io.computronium.vm.builtin.StakingState.Backing;
import io.computronium.vm.builtin.ValidatorState.Status;
import io.computronium.vm.contract.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has a seat in the next epoch. Stakes are those of a tenth of an epoch before its end; the
 * rest is what holds at the end.
 *
 * <p>The set changes slowly: at most a third of it, or one, joins and at most as many leave in one
 * epoch, so that a light client can follow and nobody takes the chain over in minutes. Only who
 * contradicted itself leaves at once.
 */
public final class Election {

    /** Most stake first, then by the bytes of the address. */
    static final Comparator<Backing> RANK =
            Comparator.comparingLong(Backing::tokens)
                    .reversed()
                    .thenComparing(backing -> backing.operator().toBytes());

    private static final int SNAPSHOT_PART = 10;
    private static final long POWER = 1;

    private Election() {}

    /**
     * Someone who has a seat or wants one.
     *
     * @param eligible whether it may join, or stay if the rank allows
     * @param out whether it must leave
     */
    record Candidate(Backing backing, boolean seated, boolean eligible, boolean out) {}

    /** Takes the snapshot, or elects, or neither, as the height says. */
    public static void atEndOf(Frame block) {
        Epochs epochs = StakingState.epochs(block);
        long height = block.height();
        if (epochs.isLast(height + epochs.length() / SNAPSHOT_PART)) {
            block.put(SNAPSHOT, snapshot(block));
        }
        if (epochs.isLast(height)) {
            seat(block, elect(candidates(block), block.read(PARAMETERS)), epochs);
        }
    }

    private static List<Backing> snapshot(Frame block) {
        return block.read(ROSTER).stream()
                .map(operator ->
                        new Backing(operator, block.read(VALIDATORS, operator).stake().tokens()))
                .toList();
    }

    private static List<Candidate> candidates(Frame block) {
        Map<Principal, Backing> known = new LinkedHashMap<>();
        for (Backing backing : block.read(SNAPSHOT)) {
            known.put(backing.operator(), backing);
        }
        List<Principal> seated = block.read(SEATS).stream().map(Seat::operator).toList();
        List<Principal> standing = List.copyOf(known.keySet());
        for (Principal operator : seated) {
            known.computeIfAbsent(
                    operator,
                    absent -> new Backing(absent, block.read(VALIDATORS, absent).stake().tokens()));
        }
        return known.values().stream()
                .map(backing -> {
                    Principal operator = backing.operator();
                    ValidatorState validator = block.read(VALIDATORS, operator);
                    return new Candidate(
                            backing,
                            seated.contains(operator),
                            standing.contains(operator)
                                    && validator.status() == Status.CANDIDATE
                                    && Staking.hasSelfBond(block, operator, validator),
                            validator.status() == Status.TOMBSTONED);
                })
                .toList();
    }

    /** The seats of the next epoch: a pure function. */
    static List<Backing> elect(List<Candidate> candidates, StakingParameters parameters) {
        Comparator<Candidate> best =
                Comparator.comparing(Candidate::eligible)
                        .reversed()
                        .thenComparing(Candidate::backing, RANK);
        List<Candidate> ranked =
                candidates.stream().filter(candidate -> !candidate.out).sorted(best).toList();
        long members = candidates.stream().filter(Candidate::seated).count();
        long change = Math.max(1, members / 3);
        Set<Candidate> wanted =
                new LinkedHashSet<>(
                        ranked.stream()
                                .filter(Candidate::eligible)
                                .limit(parameters.seats())
                                .toList());

        List<Candidate> staying = ranked.stream().filter(Candidate::seated).toList();
        long leaving = staying.stream().filter(member -> !wanted.contains(member)).count();
        List<Candidate> elected = new ArrayList<>(staying);
        elected.removeIf(member -> !wanted.contains(member));
        // Members that are not wanted stay, the best first, where too many would leave at once.
        staying.stream()
                .filter(member -> !wanted.contains(member))
                .limit(Math.max(0, leaving - change))
                .forEach(elected::add);
        long room = Math.min(change, Math.max(0, parameters.seats() - elected.size()));
        ranked.stream()
                .filter(candidate -> !candidate.seated && wanted.contains(candidate))
                .limit(room)
                .forEach(elected::add);
        staying.stream()
                .filter(member -> !elected.contains(member))
                .limit(Math.max(0, parameters.minSeats() - elected.size()))
                .toList()
                .forEach(elected::add);
        if (elected.isEmpty()) { // all are out: someone must go on
            candidates.stream().filter(Candidate::seated).min(best).ifPresent(elected::add);
        }
        return elected.stream().map(Candidate::backing).toList();
    }

    private static void seat(Frame block, List<Backing> elected, Epochs epochs) {
        List<Seat> before = block.read(SEATS);
        List<Principal> members = before.stream().map(Seat::operator).toList();
        List<Seat> seats =
                elected.stream()
                        .map(backing -> seat(block, backing))
                        .sorted(Comparator.comparing(Seat::key))
                        .toList();
        for (Seat seat : seats) {
            if (!members.contains(seat.operator())) {
                block.delete(MISSED, seat.operator());
            }
        }
        long epoch = epochs.epochOf(block.height()) + 1;
        begin(block, epoch, before, seats);
        long kept = Math.ceilDiv(block.read(PARAMETERS).evidenceBlocks(), epochs.length()) + 1;
        if (epoch > kept) {
            block.delete(SIGNERS, epoch - kept - 1);
        }
        block.emit(Staking.ELECTED, epoch, seats.stream().map(Seat::operator).toList());
    }

    private static Seat seat(Frame block, Backing backing) {
        ValidatorState validator = block.read(VALIDATORS, backing.operator());
        return new Seat(
                validator.key(),
                backing.operator(),
                POWER,
                backing.tokens(),
                validator.commission().bp());
    }

    /** Puts the records of a new epoch. */
    static void begin(Frame frame, long epoch, List<Seat> before, List<Seat> seats) {
        frame.put(LAST_SEATS, before);
        frame.put(SEATS, seats);
        frame.put(SIGNERS, epoch, seats.stream().map(Seat::key).toList());
    }
}
