package io.computronium.primitives.codec;

import static io.computronium.primitives.codec.Samples.CHAIN;
import static io.computronium.primitives.codec.Samples.hash;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Vectors;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.primitives.state.FeeState;
import io.computronium.primitives.state.LaneWindow;
import io.computronium.primitives.state.StateKey;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PaymentAuthorisation;
import io.computronium.primitives.tx.Transaction;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every encoding and every hash of the chain's formats, frozen. */
class FormatVectorsTest {

    private final ArrayNode vectors = JsonNodeFactory.instance.arrayNode();

    @Test
    void transactions() {
        for (Transaction transaction : List.of(Samples.plain(), Samples.full())) {
            ObjectNode vector =
                    add("signed transaction", TransactionCodec.TRANSACTION, transaction);
            vector.put("body", hex(TransactionCodec.BODY.encode(transaction.body())));
            vector.put("id", transaction.id().toHex());
            vector.put("wireHash", transaction.wireHash().toHex());
            vector.put(
                    "senderSignBytes", hex(SignBytes.transactionSender(CHAIN, transaction.id())));
            vector.put("payerSignBytes", hex(SignBytes.transactionPayer(CHAIN, transaction.id())));
        }
        var multi = (Credential.Multi) Objects.requireNonNull(Samples.full().payer());
        add("key set", CredentialCodec.KEY_SET, multi.keySet());
        Vectors.assertGolden("transaction.json", vectors);
    }

    @Test
    void payments() {
        for (PaymentAuthorisation payment : Samples.payments()) {
            ObjectNode vector =
                    add(
                            "payment authorisation, " + payment.scheme(),
                            PaymentCodec.AUTHORISATION,
                            payment);
            Hash id = PaymentCodec.idOf(payment);
            byte[] signBytes = SignBytes.paymentAuthorisation(CHAIN, id);
            vector.put("id", id.toHex());
            vector.put("signBytes", hex(signBytes));
            vector.put("signer", Samples.keyPair(1).publicKey().toHex());
            vector.put("signature", Samples.keyPair(1).sign(signBytes).toHex());
        }
        Vectors.assertGolden("payment.json", vectors);
    }

    @Test
    void blocks() {
        add("header", BlockCodec.HEADER, Samples.header(12))
                .put("blockId", BlockCodec.idOf(Samples.header(12)).toHex());
        add("block", BlockCodec.BLOCK, Samples.block())
                .put(
                        "transactionRoot",
                        BlockCodec.transactionRoot(
                                        Samples.block().transactions().stream()
                                                .map(Transaction::wireHash)
                                                .toList())
                                .toHex())
                .put("evidenceRoot", BftCodec.rootOf(Samples.block().evidence()).toHex())
                .put("lastCommitHash", BftCodec.hashOf(Samples.commit()).toHex());
        var receipts =
                List.of(
                        Samples.receipt(new ExecutionStatus.Succeeded()),
                        Samples.receipt(new ExecutionStatus.CallFailed(0)),
                        Samples.kernelFailed());
        receipts.forEach(receipt -> add("receipt", ReceiptCodec.RECEIPT, receipt));
        vectors.addObject()
                .put("description", "receipts root over the three")
                .put("root", ReceiptCodec.rootOf(receipts).toHex());
        Vectors.assertGolden("block.json", vectors);
    }

    @Test
    void consensus() {
        add("proposal", BftCodec.PROPOSAL, Samples.proposal(-1, 9))
                .put("signBytes", hex(Samples.proposal(-1, 9).signBytes(CHAIN)));
        add("proposal with polRound 1", BftCodec.PROPOSAL, Samples.proposal(1, 9))
                .put("signBytes", hex(Samples.proposal(1, 9).signBytes(CHAIN)));
        for (VoteKind kind : VoteKind.values()) {
            for (Hash id : new Hash[] {hash(9), null}) {
                var vote = Samples.vote(kind, id, 5);
                add(kind + (id == null ? " nil" : " block"), BftCodec.VOTE, vote)
                        .put("signBytes", hex(vote.signBytes(CHAIN)));
            }
        }
        add("commit certificate", BftCodec.COMMIT, Samples.commit())
                .put("hash", BftCodec.hashOf(Samples.commit()).toHex());
        add("duplicate vote", BftCodec.EVIDENCE, Samples.duplicateVote());
        add("duplicate proposal", BftCodec.EVIDENCE, Samples.duplicateProposal());
        add("validator set", BftCodec.VALIDATOR_SET, Samples.validators(4))
                .put("hash", BftCodec.hashOf(Samples.validators(4)).toHex());
        vectors.addObject()
                .put("description", "seat proof of epoch 3, node id 20 zero bytes")
                .put("signBytes", hex(SignBytes.seatProof(CHAIN, 3, new byte[20])));
        Vectors.assertGolden("consensus.json", vectors);
    }

    @Test
    void state() {
        var account =
                new AccountState(
                        123,
                        4,
                        List.of(new LaneWindow(1, 70, 0b101), new LaneWindow(15, 0, 1)),
                        false);
        add("account", StateCodec.ACCOUNT, account)
                .put("key", StateKey.account(Samples.account(1)).toHex());
        add("managed account", StateCodec.ACCOUNT, account.withManaged())
                .put("key", StateKey.account(Samples.account(1)).toHex());
        add("empty account", StateCodec.ACCOUNT, AccountState.EMPTY)
                .put("key", StateKey.account(Samples.contract(1, "acme")).toHex());
        add("coin supply", StateCodec.COIN_SUPPLY, new CoinSupply(1_000, 20, 3))
                .put("key", StateKey.coinSupply().toHex());
        add("fees", StateCodec.FEES, new FeeState(100)).put("key", StateKey.fees().toHex());
        Vectors.assertGolden("state.json", vectors);
    }

    private <T> ObjectNode add(String description, Codec<T> codec, T value) {
        byte[] bytes = codec.encode(value);
        T decoded = codec.decode(bytes);
        assertEquals(value, decoded, description);
        assertArrayEquals(bytes, codec.encode(decoded), description);
        return vectors.addObject().put("description", description).put("bytes", hex(bytes));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void transactionsKeepTheBytesTheyCameFrom() {
        Bytes bytes = Samples.full().bytes();
        assertEquals(bytes, TransactionCodec.TRANSACTION.decode(bytes.toArray()).bytes());
    }
}
