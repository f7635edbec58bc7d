package io.computronium.storage.block;

import io.computronium.primitives.Address;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.codec.BftCodec;
import io.computronium.primitives.codec.BlockCodec;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Well-formed blocks whose signatures nobody checks. */
final class Blocks {

    private static final Signature SIGNATURE = Signature.of(new byte[Signature.SIZE]);
    private static final PublicKey KEY = PublicKey.of(new byte[PublicKey.SIZE]);

    private Blocks() {}

    /** The block at {@code height} whose hash depends on {@code variant}. */
    static Block block(long height, int variant, int transactions) {
        var lastCommit = height == 1 ? null : certificate(height - 1, Hash.ZERO);
        var body = IntStream.range(0, transactions).mapToObj(i -> transaction(height, i)).toList();
        var header =
                new Header(
                        Header.VERSION,
                        "test",
                        height,
                        1_000 * height + variant,
                        Hash.ZERO,
                        BftCodec.hashOf(lastCommit),
                        BlockCodec.transactionRoot(
                                body.stream().map(Transaction::wireHash).toList()),
                        BftCodec.rootOf(List.of()),
                        0,
                        Hash.ZERO,
                        Hash.ZERO,
                        Hash.ZERO,
                        Hash.ZERO,
                        Hash.ZERO,
                        0,
                        1,
                        1,
                        KEY);
        return new Block(header, lastCommit, List.of(), body);
    }

    static Hash idOf(Block block) {
        return BlockCodec.idOf(block.header());
    }

    static CommitCertificate certificate(Block block) {
        return certificate(block.header().height(), idOf(block));
    }

    private static CommitCertificate certificate(long height, Hash blockId) {
        var signers = new BitSet();
        signers.set(0, 3);
        return new CommitCertificate(
                height,
                0,
                blockId,
                SignerBits.of(signers, 4),
                List.of(SIGNATURE, SIGNATURE, SIGNATURE));
    }

    private static Transaction transaction(long height, int index) {
        var account = new Principal(Address.of(26, new byte[Address.HASH_SIZE]), null);
        var body =
                new TransactionBody(
                        TransactionBody.VERSION,
                        "test",
                        account,
                        0,
                        index,
                        height,
                        1_000,
                        10,
                        0,
                        null,
                        List.of(new Call.Transfer(account, 1 + index, null)),
                        List.of(),
                        PostConditionMode.DENY,
                        Bytes.EMPTY);
        return TransactionCodec.assemble(body, new Credential.Single(KEY, SIGNATURE), null);
    }
}
