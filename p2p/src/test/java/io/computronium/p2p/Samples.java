package io.computronium.p2p;

import io.computronium.p2p.message.BlockGossip;
import io.computronium.p2p.message.BlockSync;
import io.computronium.p2p.message.ConsensusGossip;
import io.computronium.p2p.message.IndexSet;
import io.computronium.p2p.message.PeerMessage;
import io.computronium.p2p.message.TransactionBatch;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.crypto.KeyPair;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Seeded values for tests: well formed, and otherwise meaningless. */
public final class Samples {

    public static final ChainIdentity CHAIN =
            new ChainIdentity("samples-1", Hash.of(new byte[Hash.SIZE]));

    private final RandomGenerator random;

    public Samples(RandomGenerator random) {
        this.random = random;
    }

    /** A key pair that depends on {@code seed} alone. */
    public static KeyPair key(int seed) {
        byte[] bytes = new byte[KeyPair.SEED_SIZE];
        bytes[0] = (byte) seed;
        bytes[1] = (byte) (seed >> 8);
        return KeyPair.fromSeed(bytes);
    }

    /** One message of every kind at least, in every optional shape. */
    public List<PeerMessage> messages() {
        return List.of(
                new ConsensusGossip.ProposalGossip(proposal()),
                new ConsensusGossip.VoteGossip(vote(hash())),
                new ConsensusGossip.VoteGossip(vote(null)),
                new ConsensusGossip.NewStep(1, 0, ConsensusGossip.RoundStep.PROPOSE, -1),
                new ConsensusGossip.NewStep(
                        height(), round(), ConsensusGossip.RoundStep.PRECOMMIT, round()),
                new ConsensusGossip.HasVote(height(), round(), kind(), random.nextInt(100)),
                new ConsensusGossip.Maj23(height(), round(), kind(), hash()),
                new ConsensusGossip.Maj23(height(), round(), kind(), null),
                new ConsensusGossip.VoteBits(height(), round(), kind(), hash(), bits(21)),
                new ConsensusGossip.VoteBits(height(), round(), kind(), null, bits(4)),
                new ConsensusGossip.CommitRequest(height()),
                new ConsensusGossip.CommitResponse(commit(height(), 4)),
                new ConsensusGossip.EvidenceGossip(evidence(1).getFirst()),
                compactBlock(1, 0, 0),
                compactBlock(2, 3, 2),
                new BlockGossip.CompactBlockHashes(
                        hash(), BlockGossip.MAX_HASHES, hashes(1 + random.nextInt(5))),
                new BlockGossip.CompactBlockRequest(hash()),
                new BlockGossip.BodiesRequest(hash(), indexes(3)),
                new BlockGossip.BodiesResponse(hash(), indexes(3), transactions(3, 200)),
                new BlockGossip.BodiesResponse(hash(), IndexSet.EMPTY, List.of()),
                new BlockSync.StatusRequest(),
                new BlockSync.Status(0, 0),
                new BlockSync.Status(3, height() + 3),
                new BlockSync.BlockRequest(height(), 20),
                blockHead(1, 0, 0),
                blockHead(7, 2, 300),
                new BlockSync.BlockPart(height(), random.nextInt(65_536), transactions(4, 180)),
                new BlockSync.BlockUnavailable(height()),
                new TransactionBatch(transactions(5, 160)));
    }

    public BlockGossip.CompactBlock compactBlock(long height, int evidence, int transactions) {
        return new BlockGossip.CompactBlock(
                header(height),
                height == 1 ? null : commit(height - 1, 7),
                evidence(evidence),
                transactions,
                hashes(Math.min(transactions, BlockGossip.MAX_HASHES)));
    }

    public BlockSync.BlockHead blockHead(long height, int evidence, int transactions) {
        return new BlockSync.BlockHead(
                header(height),
                commit(height, 10),
                height == 1 ? null : commit(height - 1, 7),
                evidence(evidence),
                transactions);
    }

    public Hello hello() {
        return hello(random.nextBoolean() ? seatProof() : null);
    }

    private Hello hello(@Nullable SeatProof proof) {
        return new Hello(
                1,
                1 + random.nextInt(3),
                CHAIN.chainId(),
                hash(),
                random.nextLong(),
                height(),
                random.nextLong(),
                proof);
    }

    private SeatProof seatProof() {
        return new SeatProof(PublicKey.of(bytes(32)), random.nextInt(9), signature());
    }

    public Header header(long height) {
        return new Header(
                Header.VERSION,
                CHAIN.chainId(),
                height,
                1_700_000_000_000L,
                hash(),
                hash(),
                hash(),
                hash(),
                height / 60,
                hash(),
                hash(),
                hash(),
                hash(),
                hash(),
                random.nextInt(1_000_000),
                1_000_000,
                1 + random.nextInt(100),
                PublicKey.of(bytes(32)));
    }

    public CommitCertificate commit(long height, int validators) {
        BitSet signers = new BitSet();
        signers.set(0, validators * 2 / 3 + 1);
        return new CommitCertificate(
                height,
                round(),
                hash(),
                SignerBits.of(signers, validators),
                IntStream.range(0, signers.cardinality()).mapToObj(i -> signature()).toList());
    }

    public List<Evidence> evidence(int count) {
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            evidence.add(
                    i % 2 == 0
                            ? Evidence.DuplicateVote.of(nilPrecommit(null), nilPrecommit(hash()))
                            : Evidence.DuplicateProposal.of(
                                    new Proposal(5, 1, 0, hash(), signature()),
                                    new Proposal(5, 1, 0, hash(), signature())));
        }
        return evidence;
    }

    private Vote nilPrecommit(@Nullable Hash blockId) {
        return new Vote(VoteKind.PRECOMMIT, 5, 1, blockId, 2, signature());
    }

    public Proposal proposal() {
        int round = 1 + random.nextInt(5);
        return new Proposal(height(), round, random.nextInt(round + 1) - 1, hash(), signature());
    }

    public Vote vote(@Nullable Hash blockId) {
        return new Vote(kind(), height(), round(), blockId, random.nextInt(100), signature());
    }

    /** Bytes in place of transactions: nobody decodes them here. */
    public List<Bytes> transactions(int count, int size) {
        return IntStream.range(0, count).mapToObj(i -> Bytes.owned(bytes(size))).toList();
    }

    private IndexSet indexes(int count) {
        BitSet set = new BitSet();
        while (set.cardinality() < count) {
            set.set(random.nextInt(2_000));
        }
        return IndexSet.of(set);
    }

    private SignerBits bits(int validators) {
        BitSet set = new BitSet();
        IntStream.range(0, validators).filter(i -> random.nextBoolean()).forEach(set::set);
        return SignerBits.of(set, validators);
    }

    public List<Hash> hashes(int count) {
        return IntStream.range(0, count).mapToObj(i -> hash()).toList();
    }

    public Hash hash() {
        return Hash.of(bytes(Hash.SIZE));
    }

    private Signature signature() {
        return Signature.of(bytes(Signature.SIZE));
    }

    private VoteKind kind() {
        return random.nextBoolean() ? VoteKind.PREVOTE : VoteKind.PRECOMMIT;
    }

    private long height() {
        return 1 + (random.nextLong() >>> 1 + random.nextInt(62)) % (Long.MAX_VALUE - 100);
    }

    private int round() {
        return random.nextInt(4);
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
