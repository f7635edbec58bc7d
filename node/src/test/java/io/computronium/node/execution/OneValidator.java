package io.computronium.node.execution;

import io.computronium.genesis.Devnet;
import io.computronium.node.runtime.SettableClock;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.storage.block.BlockSchema;
import io.computronium.storage.block.BlockStore;
import io.computronium.storage.memory.InMemoryStore;
import io.computronium.storage.state.StateOptions;
import io.computronium.storage.state.StateSchema;
import io.computronium.storage.state.StateStore;
import java.util.BitSet;
import java.util.List;

/** A chain of one validator, which needs nobody to make blocks, over databases in memory. */
final class OneValidator {

    static final long GENESIS_MILLIS = 1_767_225_600_000L;

    final ChainSpec spec = ChainSpec.of(Devnet.genesis(1, GENESIS_MILLIS));
    final KeyPair key = Devnet.key(Devnet.validator(0));
    final InMemoryStore blockData = new InMemoryStore(BlockSchema.SCHEMA);
    InMemoryStore stateData = new InMemoryStore(StateSchema.SCHEMA);
    private long sequence;

    /** Opens what the databases hold. */
    BlockProcessor open() {
        return BlockProcessor.open(
                spec,
                BlockStore.open(blockData),
                StateStore.open(stateData, StateOptions.DEFAULT),
                new SettableClock(GENESIS_MILLIS));
    }

    /** A block on the head with these transactions. */
    PreparedBlock build(BlockProcessor processor, List<Transaction> transactions) {
        ChainTip head = processor.head();
        return processor.build(
                new BuildRequest(
                        head.height() + 1,
                        head.timeMillis() + 1_000,
                        key.publicKey(),
                        head.certificate(),
                        transactions));
    }

    CommitCertificate certify(Hash blockId, long height) {
        byte[] message = SignBytes.vote(spec.identity(), VoteKind.PRECOMMIT, height, 0, blockId);
        var everyone = BitSet.valueOf(new long[] {1});
        return new CommitCertificate(
                height, 0, blockId, SignerBits.of(everyone, 1), List.of(key.sign(message)));
    }

    /** Builds and commits a block. */
    BlockCommitted extend(BlockProcessor processor, List<Transaction> transactions) {
        PreparedBlock built = build(processor, transactions);
        return processor.commit(certify(built.id(), built.block().header().height()));
    }

    /** Alice's next payment to Bob. */
    Transaction payment(BlockProcessor processor) {
        KeyPair alice = Devnet.key("alice");
        var body =
                new TransactionBody(
                        TransactionBody.VERSION,
                        spec.identity().chainId(),
                        Devnet.account("alice"),
                        0,
                        sequence++,
                        processor.head().height() + 60,
                        30_000,
                        10_000,
                        1,
                        null,
                        List.of(new Call.Transfer(Devnet.account("bob"), 1_000, null)),
                        List.of(),
                        PostConditionMode.DENY,
                        Bytes.EMPTY);
        byte[] message = SignBytes.transactionSender(spec.identity(), TransactionCodec.idOf(body));
        return TransactionCodec.assemble(
                body, new Credential.Single(alice.publicKey(), alice.sign(message)), null);
    }
}
