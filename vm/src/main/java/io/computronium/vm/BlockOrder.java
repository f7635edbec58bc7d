package io.computronium.vm;

import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.Receipt;
import io.computronium.vm.builtin.Attendance;
import io.computronium.vm.builtin.Econ;
import io.computronium.vm.builtin.EconomyParameters;
import io.computronium.vm.builtin.Election;
import io.computronium.vm.builtin.FeeSplit;
import io.computronium.vm.builtin.Punishment;
import io.computronium.vm.builtin.Rewards;
import io.computronium.vm.builtin.Seat;
import io.computronium.vm.builtin.StakingState;
import io.computronium.vm.builtin.Unbondings;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The order inside a block: evidence, missed votes of the block before, its rewards; then the
 * transactions, and after them the fees, matured unbondings, and at an epoch's end the election.
 * Each step is a function of a contract.
 */
final class BlockOrder {

    private static final String ECON = "econ";
    private static final String STAKING = "staking";

    private final Rules rules;
    private final BlockContext context;
    private final WorkingState state;
    private final BlockContracts contracts;

    BlockOrder(Rules rules, BlockContext context, WorkingState state) {
        this.rules = rules;
        this.context = context;
        this.state = state;
        this.contracts = new BlockContracts(rules, context, state);
    }

    /**
     * Punishes whom {@code evidence} convicts.
     *
     * @return what is wrong with it, and then nothing happened
     */
    Optional<String> punish(Evidence evidence) {
        return contracts.as(STAKING, staking -> Punishment.punish(staking, evidence));
    }

    /** What comes between evidence and transactions. */
    void settleParent() {
        SignerBits certificate = context.parentSigners();
        if (certificate == null) {
            return;
        }
        int seats = contracts.as(STAKING, StakingState::seatsOfParent).size();
        BitSet signers = certificate.toBitSet(seats);
        contracts.run(
                STAKING,
                staking -> {
                    Attendance.count(staking, signers);
                });
        Principal staking = rules.builtIn(STAKING);
        long grains = contracts.as(ECON, econ -> Econ.release(econ, staking));
        contracts.run(
                STAKING,
                frame -> {
                    Rewards.divide(frame, signers, grains);
                });
    }

    /** Divides what the payers of the transactions have paid. */
    void divideFees(FeeSplit fees) {
        long received = fees.treasury() + fees.validators();
        Ledger ledger = state.accounts();
        if (received > 0) {
            ledger.credit(ledger.account(rules.builtIn(ECON)), received);
        }
        state.burnFees(fees.burned());
        Principal operator =
                seats().stream()
                        .filter(seat -> seat.key().equals(context.proposer()))
                        .map(Seat::operator)
                        .findFirst()
                        .orElse(null);
        contracts.run(
                ECON,
                econ -> {
                    Econ.split(econ, fees, operator);
                });
    }

    /** What comes after transactions and fees. */
    void end() {
        contracts.run(
                STAKING,
                staking -> {
                    Unbondings.payMatured(staking);
                    Election.atEndOf(staking);
                });
    }

    /** Those of the next height. */
    List<Seat> seats() {
        return contracts.as(STAKING, staking -> staking.read(StakingState.SEATS));
    }

    EconomyParameters economy() {
        return contracts.as(ECON, econ -> econ.read(Econ.PARAMETERS));
    }

    /** What the steps have announced, if anything. */
    List<Receipt> receipts() {
        List<Event> events = contracts.events();
        return events.isEmpty()
                ? List.of()
                : List.of(new Receipt(new ExecutionStatus.Succeeded(), List.of(), events, 0, 0));
    }
}
