package io.computronium.node.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.node.execution.PreparedBlock;
import io.computronium.p2p.message.BlockGossip.BodiesRequest;
import io.computronium.p2p.message.BlockGossip.BodiesResponse;
import io.computronium.p2p.message.BlockGossip.CompactBlock;
import io.computronium.p2p.message.BlockGossip.CompactBlockRequest;
import io.computronium.p2p.message.ConsensusGossip.CommitRequest;
import io.computronium.p2p.message.ConsensusGossip.CommitResponse;
import io.computronium.p2p.message.ConsensusGossip.EvidenceGossip;
import io.computronium.p2p.message.ConsensusGossip.ProposalGossip;
import io.computronium.p2p.message.ConsensusGossip.VoteGossip;
import io.computronium.p2p.message.IndexSet;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.primitives.Hash;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What peers say is checked before it counts, and what they ask for they get. */
class PeerMessagesTest {

    private static final NodeId OTHER = NodeId.ofHex("02".repeat(20));
    private static final Hash UNKNOWN = Hash.ofHex("ab".repeat(32));

    private final Validator node = new Validator(2).start();

    PeerMessagesTest() {
        node.pass(700);
    }

    @AfterEach
    void close() {
        node.close();
        assertEquals(List.of(), node.loops().failures());
    }

    private void requireOffended(NodeId... offenders) {
        assertEquals(List.of(offenders), node.peers.disconnected());
    }

    private int other() {
        return (node.seat + 1) % 4;
    }

    private <M extends PeerMessage> List<M> answers(Class<M> kind) {
        return node.peers.take(kind);
    }

    private void commit(PreparedBlock block) {
        node.hearProposal(0, block);
        long height = block.block().header().height();
        node.hearVotes(VoteKind.PREVOTE, height, 0, block.id());
        node.hearVotes(VoteKind.PRECOMMIT, height, 0, block.id());
        assertEquals(height, node.height());
    }

    @Test
    void aVoteThatItsVoterDidNotSignIsAnOffence() {
        Vote good = node.vote(other(), VoteKind.PREVOTE, 1, 0, null);
        node.hear(new VoteGossip(new Vote(good.kind(), 1, 0, UNKNOWN, other(), good.signature())));
        requireOffended(Validator.PEER);
    }

    @Test
    void votesFromAfarOrFromNobodyAreIgnored() {
        Vote good = node.vote(other(), VoteKind.PREVOTE, 1, 0, null);
        for (long height : new long[] {3, 1_000_000, Long.MAX_VALUE}) {
            node.hear(
                    new VoteGossip(
                            new Vote(good.kind(), height, 0, null, other(), good.signature())));
        }
        node.hear(new VoteGossip(new Vote(good.kind(), 1, 0, null, 99, good.signature())));
        requireOffended();
    }

    @Test
    void aProposalOfAnyoneElseIsAnOffence() {
        PreparedBlock block = node.block(0);
        Proposal theirs = node.proposal(1, 1, block.id()); // of the next round's proposer
        node.hear(new ProposalGossip(new Proposal(1, 0, -1, block.id(), theirs.signature())));
        requireOffended(Validator.PEER);
        assertEquals(List.of(), node.signed());
    }

    @Test
    void aProposalAheadOfItsHeightWaitsForIt() {
        PreparedBlock first = node.block(0);
        // What the others propose next, while the first is not decided here.
        Validator ahead = new Validator(2).start();
        try (ahead) {
            ahead.pass(700);
            commit(ahead, first);
            PreparedBlock second = ahead.block(0);
            node.hearProposal(0, second);
            assertEquals(List.of(), node.signed());
            commit(first);
            node.pass(1_200);
            assertTrue(
                    node.signed()
                            .contains(
                                    new VoteGossip(
                                            node.vote(
                                                    node.seat,
                                                    VoteKind.PREVOTE,
                                                    2,
                                                    0,
                                                    second.id()))));
        }
        requireOffended();
    }

    private static void commit(Validator other, PreparedBlock block) {
        other.hearProposal(0, block);
        other.hearVotes(VoteKind.PREVOTE, 1, 0, block.id());
        other.hearVotes(VoteKind.PRECOMMIT, 1, 0, block.id());
    }

    @Test
    void onePeersFloodOfEarlyMessagesKeepsNobodyElseOut() {
        PreparedBlock first = node.block(0);
        for (int round = 0; round < 200; round++) {
            Proposal made = node.proposal(1, round, UNKNOWN);
            node.hear(new ProposalGossip(new Proposal(2, round, -1, UNKNOWN, made.signature())));
        }
        try (Validator ahead = new Validator(2).start()) {
            ahead.pass(700);
            commit(ahead, first);
            PreparedBlock second = ahead.block(0);
            var proposal = new ProposalGossip(node.proposal(2, 0, second.id()));
            node.driver().received(OTHER, proposal);
            CompactBlock.framesOf(second.id(), second.block())
                    .forEach(frame -> node.driver().received(OTHER, frame));
            commit(first);
            node.pass(1_200);
            assertTrue(
                    node.signed()
                            .contains(
                                    new VoteGossip(
                                            node.vote(
                                                    node.seat,
                                                    VoteKind.PREVOTE,
                                                    2,
                                                    0,
                                                    second.id()))));
        }
        assertEquals(
                List.of(Validator.PEER), node.peers.disconnected().stream().distinct().toList());
    }

    @Test
    void aCertificateCountsIfItProvesSomething() {
        PreparedBlock block = node.block(0);
        node.hearProposal(0, block);
        node.hear(new CommitResponse(node.chain.certificate(1, 0, block.id(), 0, 1)));
        requireOffended(Validator.PEER);
        assertEquals(0, node.height());
        node.hear(new CommitResponse(node.chain.certificate(1, 0, block.id(), 0, 1, 3)));
        assertEquals(1, node.height());
    }

    private Evidence contradiction(int voter, @Nullable Hash id) {
        return Evidence.DuplicateVote.of(
                node.vote(voter, VoteKind.PREVOTE, 1, 0, null),
                node.vote(voter, VoteKind.PREVOTE, 1, 0, id));
    }

    /** The third block is ours, and evidence of height 1 can be in it. */
    @Test
    void evidenceIsPassedOnOnceAndIsInTheNextBlockOfOurs() {
        node.peers.take();
        Evidence evidence = contradiction(other(), UNKNOWN);
        node.hear(new EvidenceGossip(evidence));
        assertEquals(List.of(new EvidenceGossip(evidence)), answers(EvidenceGossip.class));
        node.hear(new EvidenceGossip(evidence));
        node.hear(new EvidenceGossip(contradiction(other(), Hash.ZERO)));
        assertEquals(List.of(), answers(EvidenceGossip.class), "one of each validator is enough");

        Vote honest = node.vote(other(), VoteKind.PREVOTE, 1, 0, null);
        int third = (node.seat + 2) % 4;
        Vote foreign = new Vote(VoteKind.PREVOTE, 1, 0, null, third, honest.signature());
        node.hear(
                new EvidenceGossip(
                        Evidence.DuplicateVote.of(
                                foreign, node.vote(third, VoteKind.PREVOTE, 1, 0, UNKNOWN))));
        assertEquals(List.of(), answers(EvidenceGossip.class), "not signed by whom it names");
        requireOffended();

        commit(node.block(0));
        node.pass(1_000);
        commit(node.block(0));
        node.pass(1_000);
        var proposed = answers(CompactBlock.class).getLast();
        assertEquals(3, proposed.header().height());
        assertEquals(List.of(evidence), proposed.evidence());
    }

    @Test
    void certificatesAndBlocksAreGivenToWhoAsks() {
        PreparedBlock block = node.block(0);
        commit(block);
        node.peers.take();
        node.hear(new CommitRequest(1));
        assertEquals(
                List.of(new CommitResponse(node.chain.blocks().certificate(1).orElseThrow())),
                answers(CommitResponse.class));
        node.hear(new CommitRequest(Long.MAX_VALUE));
        assertEquals(List.of(), answers(CommitResponse.class));
        node.hear(new CompactBlockRequest(block.id()));
        assertEquals(1, answers(CompactBlock.class).size());
        node.hear(new CompactBlockRequest(UNKNOWN));
        assertEquals(List.of(), answers(CompactBlock.class));
        requireOffended();
    }

    @Test
    void bodiesThatAreNotThereAreAnsweredWithNone() {
        PreparedBlock block = node.block(0);
        commit(block);
        var beyond = new BitSet();
        beyond.set(40_000);
        node.peers.take();
        for (Hash id : List.of(block.id(), UNKNOWN)) {
            node.hear(new BodiesRequest(id, IndexSet.of(beyond)));
            assertEquals(
                    List.of(new BodiesResponse(id, IndexSet.EMPTY, List.of())),
                    answers(BodiesResponse.class));
        }
        requireOffended();
    }
}
