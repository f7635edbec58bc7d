package io.computronium.vm.builtin;

import static io.computronium.vm.TestWorld.account;
import static io.computronium.vm.TestWorld.key;
import static io.computronium.vm.TestWorld.possession;
import static io.computronium.vm.TestWorld.uint;
import static io.computronium.vm.builtin.StakingWorld.BOND;
import static io.computronium.vm.builtin.StakingWorld.CPTM;
import static io.computronium.vm.builtin.StakingWorld.EPOCH;
import static io.computronium.vm.builtin.StakingWorld.MIN_BOND;
import static io.computronium.vm.builtin.StakingWorld.STAKING;
import static io.computronium.vm.builtin.StakingWorld.UNBONDING;
import static io.computronium.vm.builtin.StakingWorld.keyValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.tx.Asset;
import io.computronium.vm.TestWorld;
import io.computronium.vm.TestWorld.Outcome;
import io.computronium.vm.builtin.ValidatorState.Status;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Fault.Common;
import io.computronium.vm.contract.Shape;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators and delegators do, what blocks do to them, and all that is refused. */
class StakingTest {

    private final StakingWorld chain = new StakingWorld();

    @AfterEach
    void invariantsHold() {
        chain.world.checkInvariants();
    }

    private static void refused(Outcome outcome, Fault fault) {
        outcome.expect(Staking.DECLARATION, fault);
    }

    // Operators

    @Test
    void aFifthValidatorIsElectedForTheWeakest() {
        chain.delegate("alice", "op1", CPTM).value();
        chain.delegate("alice", "op2", CPTM).value();
        chain.delegate("alice", "op3", CPTM).value();
        chain.register("op5", "v5", 500, 2 * BOND).value();
        assertFalse(chain.isSeated("op5"));
        chain.nextEpoch();
        assertTrue(chain.isSeated("op5"));
        assertFalse(chain.isSeated("op4"));
        chain.world.pass(5);
        assertTrue(chain.rewards("op5", "op5") > 0, "it earns by the second block");
    }

    @Test
    void whoRegistersAfterTheSnapshotWaitsForTheNextElection() {
        chain.world.passTo(EPOCH - EPOCH / 10 + 1);
        chain.register("op5", "v5", 500, 2 * BOND).value();
        chain.nextEpoch();
        assertFalse(chain.isSeated("op5"));
        chain.nextEpoch();
        assertTrue(chain.isSeated("op5"));
    }

    @Test
    void registrationIsRefused() {
        refused(chain.register("op5", "v5", 500, MIN_BOND - 1), Staking.SELF_BOND);
        refused(chain.register("op5", "v5", 2_001, MIN_BOND), Common.INVALID_PARAMS);
        refused(chain.register("op5", "v1", 500, MIN_BOND), Staking.KEY_USED);
        refused(chain.register("op1", "v5", 500, MIN_BOND), Common.EXISTS);
        refused(chain.register("poor", "v5", 500, MIN_BOND), Common.INSUFFICIENT);
        refused(
                chain.world.call(
                        "op5",
                        STAKING,
                        "register",
                        keyValue("v5"),
                        possession("v5", "op4"),
                        uint(0),
                        uint(0),
                        uint(MIN_BOND)),
                Staking.BAD_POSSESSION);
        chain.register("op5", "v5", 500, MIN_BOND).value();
    }

    @Test
    void theCommissionMovesByAPointADayAndFromTheNextEpoch() {
        refused(set(601), Staking.COMMISSION_STEP);
        refused(set(10_001), Common.INVALID_PARAMS);
        set(600).value();
        refused(set(601), Staking.COMMISSION_STEP);
        assertEquals(500, chain.seats().get(chain.seatOf("op1")).commissionBp());
        chain.nextEpoch();
        assertEquals(600, chain.seats().get(chain.seatOf("op1")).commissionBp());
        chain.world.skip(86_400);
        set(500).value();
        refused(chain.world.call("alice", STAKING, "set-commission", uint(1)), Common.NOT_FOUND);
    }

    private Outcome set(long bp) {
        return chain.world.call("op1", STAKING, "set-commission", uint(bp));
    }

    @Test
    void aRotatedKeySignsFromTheNextEpochAndTheOldOneIsNeverUsedAgain() {
        chain.world
                .call("op1", STAKING, "rotate-key", keyValue("v9"), possession("v9", "op1"))
                .value();
        assertEquals(key("v1").publicKey(), chain.seats().get(chain.seatOf("op1")).key());
        chain.nextEpoch();
        assertEquals(key("v9").publicKey(), chain.seats().get(chain.seatOf("op1")).key());
        refused(
                chain.world.call(
                        "op1", STAKING, "rotate-key", keyValue("v1"), possession("v1", "op1")),
                Staking.KEY_USED);
    }

    @Test
    void whoRetiresLeavesAtTheElectionAndMayComeBackWithANewKey() {
        chain.register("op5", "v5", 0, MIN_BOND).value();
        chain.world.call("op1", STAKING, "retire").value();
        refused(chain.world.call("op1", STAKING, "retire"), Common.WRONG_STATE);
        refused(chain.delegate("alice", "op1", CPTM), Common.WRONG_STATE);
        assertTrue(chain.isSeated("op1"));
        chain.nextEpoch();
        assertFalse(chain.isSeated("op1"));
        assertTrue(chain.isSeated("op5"));
        chain.register("op1", "v9", 0, MIN_BOND).value();
        assertEquals(BOND + MIN_BOND, chain.validator("op1").stake().tokens());
        chain.nextEpoch();
        assertTrue(chain.isSeated("op1"));
    }

    // Delegators

    @Test
    void stakeComesBackAfterTheUnbondingTime() {
        chain.delegate("alice", "op1", 100 * CPTM).value();
        assertEquals(100 * CPTM, chain.stake("alice", "op1"));
        chain.undelegate("alice", "op1", 40 * CPTM).value();
        long opened = chain.world.nextHeight() - 1;
        assertEquals(60 * CPTM, chain.stake("alice", "op1"));
        refused(chain.withdraw("alice", "op1"), Common.TOO_EARLY);
        refused(chain.withdraw("bob", "op1"), Common.NOT_FOUND);
        chain.world.skipTo(opened + UNBONDING);
        long before = chain.world.balance("alice");
        chain.world.pass(1);
        assertEquals(before + 40 * CPTM, chain.world.balance("alice"));
        refused(chain.withdraw("alice", "op1"), Common.NOT_FOUND);
    }

    @Test
    void dustIsRefused() {
        refused(chain.delegate("alice", "op1", CPTM - 1), Staking.DUST);
        refused(chain.delegate("alice", "op1", 0), Staking.DUST);
        chain.delegate("alice", "op1", 2 * CPTM).value();
        refused(chain.undelegate("alice", "op1", CPTM + 1), Staking.DUST);
        refused(chain.undelegate("alice", "op1", 2 * CPTM + 1), Common.INSUFFICIENT);
        refused(chain.undelegate("alice", "op1", 0), Common.INVALID_PARAMS);
        refused(chain.undelegate("bob", "op1", 1), Common.INSUFFICIENT);
        refused(chain.undelegate("bob", "alice", 1), Common.NOT_FOUND);
        chain.undelegate("alice", "op1", 2 * CPTM).value();
    }

    @Test
    void sevenUnbondingsMayBeOpen() {
        chain.delegate("alice", "op1", 100 * CPTM).value();
        for (int i = 0; i < 7; i++) {
            chain.undelegate("alice", "op1", CPTM).value();
        }
        refused(chain.undelegate("alice", "op1", CPTM), Staking.ENTRIES);
        assertEquals(93 * CPTM, chain.stake("alice", "op1"), "what was refused is undone");
    }

    @Test
    void delegatorsOfAllValidatorsHaveTheSameYield() {
        chain.delegate("alice", "op1", 200_000 * CPTM).value();
        chain.delegate("bob", "op2", 100 * CPTM).value();
        chain.nextEpoch(); // stakes count from the snapshot on
        chain.claim("alice", "op1").value();
        chain.claim("bob", "op2").value();
        long rewardOfAlice = chain.rewards("alice", "op1");
        long rewardOfBob = chain.rewards("bob", "op2");
        chain.world.pass(20);
        double ratio =
                (chain.rewards("alice", "op1") - rewardOfAlice)
                        / (double) (chain.rewards("bob", "op2") - rewardOfBob);
        assertEquals(2_000, ratio, 0.01);
    }

    @Test
    void claimPaysRewardsAndToOperatorsTheirCommission() {
        chain.delegate("alice", "op1", BOND).value();
        chain.world.pass(10);
        long due = chain.rewards("alice", "op1");
        assertTrue(due > 0);
        long paid = chain.claim("alice", "op1").value(Shape.UINT);
        assertTrue(paid >= due, "that block paid rewards as well");
        assertEquals(0, chain.rewards("alice", "op1"));
        long commission = chain.validator("op1").earned();
        assertTrue(commission > 0);
        chain.claim("op1", "op1").value();
        assertEquals(0, chain.validator("op1").earned());
    }

    // Penalties

    @Test
    void whoMissesMoreThanHalfOfTheWindowIsJailedAndMayComeBack() {
        chain.world.silence("op4");
        chain.world.pass(11);
        assertEquals(Status.CANDIDATE, chain.validator("op4").status());
        chain.world.pass(1); // the first block has nobody to count
        assertEquals(Status.JAILED, chain.validator("op4").status());
        assertEquals(BOND - BOND / 10_000, chain.validator("op4").stake().tokens());
        refused(chain.delegate("alice", "op4", CPTM), Staking.JAILED);
        chain.delegate("op4", "op4", CPTM).value();
        refused(chain.world.call("op4", STAKING, "unjail"), Common.TOO_EARLY);
        refused(chain.world.call("op1", STAKING, "unjail"), Common.WRONG_STATE);
        chain.world.silence();
        chain.world.pass(30);
        chain.world.call("op4", STAKING, "unjail").value();
        assertEquals(Status.CANDIDATE, chain.validator("op4").status());
    }

    @Test
    void retiringDoesNotEndTheTimeInJail() {
        chain.world.silence("op4");
        chain.world.pass(12);
        chain.world.call("op4", STAKING, "retire").value();
        refused(chain.register("op4", "v9", 0, MIN_BOND), Staking.JAILED);
        chain.world.pass(30);
        chain.register("op4", "v9", 0, MIN_BOND).value();
    }

    @Test
    void unjailNeedsTheOperatorsOwnStake() {
        chain.undelegate("op4", "op4", BOND - CPTM).value();
        chain.world.silence("op4");
        chain.world.pass(12);
        chain.world.pass(30);
        refused(chain.world.call("op4", STAKING, "unjail"), Staking.SELF_BOND);
    }

    @Test
    void oneThirdMayMissItsVotesAndTheirShareGoesToTheTreasury() {
        chain.world.pass(2);
        long treasury = chain.world.balance(Asset.COIN, TestWorld.system("econ"));
        chain.world.silence("op4");
        chain.world.pass(1);
        long share = chain.world.balance(Asset.COIN, TestWorld.system("econ")) - treasury;
        assertEquals(10_000 * CPTM / 1_000 / 4, share, "a quarter of the mint");
    }

    @Test
    void aContradictionCostsAllWhoseStakeWasThereThenAndNobodyElse() {
        chain.delegate("alice", "op1", 100 * CPTM).value();
        chain.delegate("bob", "op1", 100 * CPTM).value();
        chain.undelegate("alice", "op1", 100 * CPTM).value(); // before
        chain.world.pass(1);
        long offence = chain.world.nextHeight() - 1;
        chain.undelegate("bob", "op1", 50 * CPTM).value(); // after
        long burned = chain.world.supply(Asset.COIN);
        var evidence = chain.world.contradiction("v1", chain.seatOf("op1"), offence);
        assertEquals(Optional.empty(), chain.world.accuse(evidence));
        burned -= chain.world.supply(Asset.COIN) - 10_000 * CPTM / 1_000;
        assertEquals((BOND + 50 * CPTM) / 20, burned);
        assertEquals(Status.TOMBSTONED, chain.validator("op1").status());
        assertEquals(50 * CPTM * 19 / 20, chain.stake("bob", "op1"));
        assertTrue(chain.isSeated("op1"), "until the epoch ends");

        refused(chain.delegate("bob", "op1", CPTM), Staking.TOMBSTONED);
        refused(chain.world.call("op1", STAKING, "unjail"), Staking.TOMBSTONED);
        refused(chain.register("op1", "v9", 0, MIN_BOND), Staking.TOMBSTONED);
        assertEquals(
                Optional.of("of a validator that is out already"), chain.world.accuse(evidence));
        chain.nextEpoch();
        assertFalse(chain.isSeated("op1"));

        chain.undelegate("bob", "op1", chain.stake("bob", "op1")).value(); // pays no second time
        long alice = chain.world.balance("alice");
        long bob = chain.world.balance("bob");
        chain.world.skip(UNBONDING);
        chain.world.pass(1);
        assertEquals(100 * CPTM, chain.world.balance("alice") - alice);
        assertEquals(2 * (50 * CPTM * 19 / 20), chain.world.balance("bob") - bob);
    }

    @Test
    void whatProvesNothingIsNoEvidence() {
        chain.world.pass(3);
        int seat = chain.seatOf("op1");
        assertEquals(
                Optional.of("of a height that is not final"),
                chain.world.accuse(chain.world.contradiction("v1", seat, 4)));
        assertEquals(
                Optional.of("not signed by a validator of its height"),
                chain.world.accuse(chain.world.contradiction("v2", seat, 2)));
        assertEquals(
                Optional.of("not signed by a validator of its height"),
                chain.world.accuse(chain.world.contradiction("v1", 4, 2)));
        chain.world.skip(UNBONDING);
        assertEquals(
                Optional.of("too old"),
                chain.world.accuse(chain.world.contradiction("v1", seat, 2)));
        assertEquals(Status.CANDIDATE, chain.validator("op1").status());
    }

    @Test
    void aBlockAccusesEachValidatorOnce() {
        chain.world.pass(3);
        var one = chain.world.contradiction("v1", chain.seatOf("op1"), 1);
        var two = chain.world.contradiction("v1", chain.seatOf("op1"), 2);
        assertEquals(
                Optional.of("of a validator that is out already"), chain.world.accuse(one, two));
        assertEquals(Optional.empty(), chain.world.accuse(one));
    }

    @Test
    void theListHasOperatorsAndMayBeReadInPages() {
        var page =
                chain.world.read(
                        Shape.list(Staking.Listed.SHAPE, 16), STAKING, "list-validators", uint(1));
        assertEquals(3, page.size());
        assertEquals(account("op2"), page.getFirst().operator());
        assertTrue(page.getFirst().seated());
    }
}
