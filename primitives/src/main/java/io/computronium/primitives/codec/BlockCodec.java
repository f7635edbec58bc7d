package io.computronium.primitives.codec;

import static io.computronium.primitives.codec.WireValues.require;
import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toHash;
import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;
import static io.computronium.primitives.codec.WireValues.toPublicKey;

import io.computronium.primitives.Hash;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.crypto.Domain;
import io.computronium.primitives.crypto.MerkleTree;
import io.computronium.primitives.crypto.Sha256;
import io.computronium.primitives.proto.BlockMessage;
import io.computronium.primitives.proto.HeaderMessage;
import io.computronium.primitives.tx.Transaction;
import java.util.List;

/** Headers and blocks, and the hashes that tie a block's parts to its header. */
public final class BlockCodec {

    private static final int MAX_HEADER_BYTES = 1 << 10;

    public static final Codec<Header> HEADER =
            CanonicalCodec.of(
                    HeaderMessage.getDefaultInstance(),
                    MAX_HEADER_BYTES,
                    BlockCodec::header,
                    BlockCodec::message);

    public static final Codec<Block> BLOCK =
            CanonicalCodec.of(
                    BlockMessage.getDefaultInstance(),
                    Block.MAX_BYTES,
                    BlockCodec::block,
                    BlockCodec::message);

    private BlockCodec() {}

    /** The block id. */
    public static Hash idOf(Header header) {
        return Sha256.hash(Domain.HEADER, HEADER.encode(header));
    }

    /** Merkle root over wire hashes. */
    public static Hash transactionRoot(List<Hash> wireHashes) {
        return MerkleTree.root(wireHashes.stream().map(Hash::toArray).toList());
    }

    /** Whether the certificate, evidence and transactions are those that the header names. */
    public static boolean bodyFits(Block block) {
        Header header = block.header();
        return header.lastCommitHash().equals(BftCodec.hashOf(block.lastCommit()))
                && header.evidenceRoot().equals(BftCodec.rootOf(block.evidence()))
                && header.transactionRoot()
                        .equals(
                                transactionRoot(
                                        block.transactions().stream()
                                                .map(Transaction::wireHash)
                                                .toList()));
    }

    private static Header header(HeaderMessage m) {
        return new Header(
                toInt(m.getVersion(), "header.version"),
                m.getChainId(),
                toLong(m.getHeight(), "header.height"),
                toLong(m.getTimeMillis(), "header.timeMillis"),
                toHash(m.getParent()),
                toHash(m.getLastCommitHash()),
                toHash(m.getTransactionRoot()),
                toHash(m.getEvidenceRoot()),
                toLong(m.getEpoch(), "header.epoch"),
                toHash(m.getValidatorsHash()),
                toHash(m.getNextValidatorsHash()),
                toHash(m.getParametersHash()),
                toHash(m.getStateRoot()),
                toHash(m.getReceiptsRoot()),
                toLong(m.getGasUsed(), "header.gasUsed"),
                toLong(m.getGasLimit(), "header.gasLimit"),
                toLong(m.getBaseFee(), "header.baseFee"),
                toPublicKey(m.getProposer()));
    }

    private static HeaderMessage message(Header header) {
        return HeaderMessage.newBuilder()
                .setVersion(header.version())
                .setChainId(header.chainId())
                .setHeight(header.height())
                .setTimeMillis(header.timeMillis())
                .setParent(toByteString(header.parent()))
                .setLastCommitHash(toByteString(header.lastCommitHash()))
                .setTransactionRoot(toByteString(header.transactionRoot()))
                .setEvidenceRoot(toByteString(header.evidenceRoot()))
                .setEpoch(header.epoch())
                .setValidatorsHash(toByteString(header.validatorsHash()))
                .setNextValidatorsHash(toByteString(header.nextValidatorsHash()))
                .setParametersHash(toByteString(header.parametersHash()))
                .setStateRoot(toByteString(header.stateRoot()))
                .setReceiptsRoot(toByteString(header.receiptsRoot()))
                .setGasUsed(header.gasUsed())
                .setGasLimit(header.gasLimit())
                .setBaseFee(header.baseFee())
                .setProposer(toByteString(header.proposer()))
                .build();
    }

    private static Block block(BlockMessage m) {
        require(m.hasHeader(), "block.header");
        return new Block(
                header(m.getHeader()),
                m.hasLastCommit() ? BftCodec.commit(m.getLastCommit()) : null,
                m.getEvidenceList().stream().map(BftCodec::evidence).toList(),
                m.getTransactionsList().stream()
                        .map(bytes -> TransactionCodec.TRANSACTION.decode(bytes.toByteArray()))
                        .toList());
    }

    private static BlockMessage message(Block block) {
        var m = BlockMessage.newBuilder().setHeader(message(block.header()));
        if (block.lastCommit() != null) {
            m.setLastCommit(BftCodec.message(block.lastCommit()));
        }
        block.evidence().forEach(item -> m.addEvidence(BftCodec.message(item)));
        block.transactions().forEach(tx -> m.addTransactions(toByteString(tx.bytes())));
        return m.build();
    }
}
