package io.computronium.node.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.execution.PreparedBlock;
import io.computronium.p2p.message.ConsensusGossip;
import io.computronium.p2p.message.ConsensusGossip.NewStep;
import io.computronium.p2p.message.ConsensusGossip.ProposalGossip;
import io.computronium.p2p.message.ConsensusGossip.RoundStep;
import io.computronium.p2p.message.ConsensusGossip.VoteGossip;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.storage.StorageFailureException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One validator among scripted peers: it does its part, and after a crash says the same again. */
class ConsensusDriverTest {

    /** More than one height takes of either disk. */
    private static final int MAX_OPERATIONS = 30;

    private @Nullable Validator running;

    @AfterEach
    void close() {
        if (running != null) {
            running.close();
        }
    }

    private Validator validator(int turn) {
        running = new Validator(turn);
        return running;
    }

    private static List<Vote> votes(Validator node) {
        return node.signed().stream()
                .filter(VoteGossip.class::isInstance)
                .map(message -> ((VoteGossip) message).vote())
                .toList();
    }

    private static List<Vote> votes(Validator node, VoteKind kind) {
        return votes(node).stream().filter(vote -> vote.kind() == kind).distinct().toList();
    }

    /** No two different messages where only one may be (INV-2). */
    private static void requireOneMessageAStep(Validator node, String what) {
        Map<String, ConsensusGossip> first = new HashMap<>();
        for (ConsensusGossip message : node.signed()) {
            String step =
                    switch (message) {
                        case VoteGossip(Vote vote) ->
                                vote.height() + "/" + vote.round() + "/" + vote.kind();
                        case ProposalGossip(Proposal proposal) ->
                                proposal.height() + "/" + proposal.round() + "/proposal";
                        default -> throw new AssertionError(message);
                    };
            ConsensusGossip before = first.putIfAbsent(step, message);
            if (before != null) {
                assertEquals(before, message, what);
            }
        }
    }

    @Test
    void aBlockOfAnotherIsVotedForAndCommitted() {
        Validator node = validator(2).start();
        node.pass(700);
        PreparedBlock block = node.block(0);
        node.hearProposal(0, block);
        assertEquals(
                List.of(node.vote(node.seat, VoteKind.PREVOTE, 1, 0, block.id())), votes(node));
        node.hearVotes(VoteKind.PREVOTE, 1, 0, block.id());
        assertEquals(
                List.of(node.vote(node.seat, VoteKind.PRECOMMIT, 1, 0, block.id())),
                votes(node, VoteKind.PRECOMMIT));
        node.hearVotes(VoteKind.PRECOMMIT, 1, 0, block.id());
        assertEquals(1, node.height());
        assertEquals(block.id(), node.chain.blocks().blockId(1).orElseThrow());
    }

    @Test
    void inItsTurnItProposesAndSendsTheBlock() {
        Validator node = validator(0).start();
        node.pass(1_200);
        var proposals =
                node.signed().stream().filter(ProposalGossip.class::isInstance).distinct().toList();
        assertEquals(1, proposals.size(), proposals.toString());
        Hash blockId = ((ProposalGossip) proposals.getFirst()).proposal().blockId();
        assertEquals(
                List.of(blockId),
                votes(node, VoteKind.PREVOTE).stream().map(Vote::blockId).toList());
        node.hearVotes(VoteKind.PREVOTE, 1, 0, blockId);
        node.hearVotes(VoteKind.PRECOMMIT, 1, 0, blockId);
        assertEquals(1, node.height());
    }

    @Test
    void withoutAProposalItVotesNil() {
        Validator node = validator(2).start();
        node.pass(2_500);
        assertEquals(
                List.of(node.vote(node.seat, VoteKind.PREVOTE, 1, 0, null)),
                votes(node, VoteKind.PREVOTE));
    }

    @Test
    void afterARestartItResendsWhatItSigned() {
        for (VoteKind last : VoteKind.values()) {
            try (Validator node = new Validator(2).start()) {
                node.pass(700);
                PreparedBlock block = node.block(0);
                node.hearProposal(0, block);
                if (last == VoteKind.PRECOMMIT) {
                    node.hearVotes(VoteKind.PREVOTE, 1, 0, block.id());
                }
                List<Vote> before = votes(node).stream().distinct().toList();
                assertEquals(last, before.getLast().kind());
                node.crash(new Random(1));
                int said = node.signed().size();
                node.start();
                node.pass(100);
                // A peer that is stuck in this round, and says so.
                RoundStep step = last == VoteKind.PREVOTE ? RoundStep.PREVOTE : RoundStep.PRECOMMIT;
                node.hear(new NewStep(1, 0, step, NewStep.NO_COMMIT));
                node.hear(new NewStep(1, 0, step, NewStep.NO_COMMIT));
                List<ConsensusGossip> again = node.signed().subList(said, node.signed().size());
                assertTrue(
                        again.contains(new VoteGossip(before.getLast())), last + ": only " + again);
                requireOneMessageAStep(node, last.toString());
                node.hearVotes(VoteKind.PREVOTE, 1, 0, block.id());
                node.hearVotes(VoteKind.PRECOMMIT, 1, 0, block.id());
                assertEquals(1, node.height(), "the height goes on");
            }
        }
    }

    @Test
    void aProposerRestartedProposesTheSame() {
        Validator node = validator(0).start();
        node.pass(1_200);
        List<ConsensusGossip> before = node.signed().stream().distinct().toList();
        for (int restart = 0; restart < 3; restart++) {
            node.crash(new Random(restart));
            node.start();
            node.pass(2_000);
            node.hear(new NewStep(1, 0, RoundStep.PREVOTE, NewStep.NO_COMMIT));
            node.hear(new NewStep(1, 0, RoundStep.PREVOTE, NewStep.NO_COMMIT));
        }
        requireOneMessageAStep(node, "restarts");
        assertTrue(node.signed().stream().distinct().toList().containsAll(before));
    }

    /**
     * The disks fail at every operation in turn, some of what was not forced is lost, and then the
     * world has changed: another block, or none. What is said before and after never differs.
     */
    @Test
    void aCrashAtAnyOperationNeverMakesItContradictItself() {
        for (int operations = 0; operations < MAX_OPERATIONS; operations++) {
            for (int world = 0; world < 3; world++) {
                String what = "operations " + operations + ", world " + world;
                var random = new Random(operations * 31L + world);
                try (Validator node = new Validator(operations % 4)) {
                    failing(node, operations);
                    node.crash(random);
                    node.start();
                    after(node, world);
                    if (world == 2) {
                        node.loseLog(random);
                        node.start();
                        after(node, 0);
                    }
                    requireOneMessageAStep(node, what);
                }
            }
        }
    }

    private static void failing(Validator node, int operations) {
        try {
            node.start(operations);
        } catch (StorageFailureException e) {
            node.start(); // it did not come up; the crash hits it at its next start
        }
        node.pass(700);
        if (!node.loops().failures().isEmpty()) {
            return;
        }
        PreparedBlock block = node.block(0);
        node.hearProposal(0, block);
        node.hearVotes(VoteKind.PREVOTE, 1, 0, block.id());
    }

    private static void after(Validator node, int world) {
        switch (world) {
            case 0 -> node.pass(2_500); // nobody says anything
            case 1 -> {
                node.pass(150);
                PreparedBlock other = node.block(0); // a later time makes another block
                node.hearProposal(0, other);
                node.hearVotes(VoteKind.PREVOTE, 1, 0, other.id());
                node.pass(500);
            }
            default -> {
                node.hearVotes(VoteKind.PREVOTE, 1, 0, null);
                node.pass(3_000);
            }
        }
    }
}
