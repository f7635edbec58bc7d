package io.computronium.primitives.codec;

import io.computronium.primitives.Address;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.bft.CommitCertificate;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Proposal;
import io.computronium.primitives.bft.SignerBits;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.bft.Vote;
import io.computronium.primitives.bft.VoteKind;
import io.computronium.primitives.block.Block;
import io.computronium.primitives.block.Event;
import io.computronium.primitives.block.ExecutionStatus;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.block.KernelFailure;
import io.computronium.primitives.block.Receipt;
import io.computronium.primitives.crypto.Hash160;
import io.computronium.primitives.crypto.KeyPair;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.KeySet;
import io.computronium.primitives.tx.PaymentAuthorisation;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One value of each kind, always the same. */
final class Samples {

    static final ChainIdentity CHAIN = new ChainIdentity("cptm-vectors-1", hash(0xc0));

    private Samples() {}

    static Hash hash(int fill) {
        return Hash.of(filled(Hash.SIZE, fill));
    }

    static Signature signature(int fill) {
        return Signature.of(filled(Signature.SIZE, fill));
    }

    static PublicKey key(int fill) {
        return PublicKey.of(filled(PublicKey.SIZE, fill));
    }

    static KeyPair keyPair(int fill) {
        return KeyPair.fromSeed(filled(KeyPair.SEED_SIZE, fill));
    }

    static Principal account(int fill) {
        return Principal.of(Address.of(13, filled(Address.HASH_SIZE, fill)));
    }

    static Principal contract(int fill, String name) {
        return Principal.of(Address.of(13, filled(Address.HASH_SIZE, fill)), name);
    }

    static Bytes ascii(String text) {
        return Bytes.owned(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] filled(int size, int fill) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) fill);
        return bytes;
    }

    static TransactionBody body(@Nullable Principal payer, Call... calls) {
        return body(payer, List.of(), Bytes.EMPTY, calls);
    }

    static TransactionBody body(
            @Nullable Principal payer, List<PostCondition> conditions, Bytes memo, Call... calls) {
        return new TransactionBody(
                TransactionBody.VERSION,
                CHAIN.chainId(),
                account(1),
                0,
                7,
                60,
                20_000,
                150,
                10,
                payer,
                List.of(calls),
                conditions,
                PostConditionMode.DENY,
                memo);
    }

    static Call transfer() {
        return new Call.Transfer(account(2), 150_000_000, null);
    }

    /** The plainest transaction: one transfer, one key. */
    static Transaction plain() {
        return TransactionCodec.assemble(
                body(null, transfer()), new Credential.Single(key(3), signature(4)), null);
    }

    /** Uses every field and every kind of everything. */
    static Transaction full() {
        List<PostCondition> conditions =
                List.of(
                        new PostCondition.Sent(
                                account(1),
                                Asset.COIN,
                                PostCondition.Comparison.AT_MOST,
                                Uint128.of(500)),
                        new PostCondition.Sent(
                                account(1),
                                new Asset.Token(contract(9, "acme-token"), "acme"),
                                PostCondition.Comparison.EQUAL,
                                new Uint128(1, 0)),
                        new PostCondition.Received(account(1), Asset.COIN, Uint128.of(5)),
                        new PostCondition.NonFungible(
                                account(1),
                                new Asset.Token(contract(9, "punks"), "punk"),
                                Bytes.ofHex("0100000000000000000000000000000001"),
                                true));
        TransactionBody body =
                body(
                        account(5),
                        conditions,
                        ascii("memo"),
                        new Call.Transfer(account(2), 1, ascii("")),
                        new Call.ContractCall(
                                contract(9, "acme"),
                                "pay-by-name",
                                List.of(Bytes.ofHex("03"), Bytes.ofHex("04"))),
                        new Call.Deploy("my-contract", 1, ascii("(+ 1 1)")));
        KeySet keySet =
                new KeySet(
                        KeySet.VERSION,
                        List.of(
                                new KeySet.WeightedKey(key(3), 1),
                                new KeySet.WeightedKey(key(6), 2)),
                        2);
        return TransactionCodec.assemble(
                body,
                new Credential.Session(12, key(3), signature(4)),
                new Credential.Multi(
                        keySet, List.of(new Credential.MemberSignature(1, signature(8)))));
    }

    /** One of each scheme: with the coin and with a token. */
    static List<PaymentAuthorisation> payments() {
        var nonce = Bytes.copyOf(filled(PaymentAuthorisation.NONCE_SIZE, 7));
        var resource = Bytes.copyOf(filled(PaymentAuthorisation.RESOURCE_HASH_SIZE, 8));
        Address payer = Hash160.address(13, keyPair(1).publicKey());
        return List.of(
                new PaymentAuthorisation(
                        PaymentAuthorisation.Scheme.EXACT,
                        Principal.of(payer),
                        account(2),
                        1_000_000,
                        Asset.COIN,
                        0,
                        120,
                        nonce,
                        resource),
                new PaymentAuthorisation(
                        PaymentAuthorisation.Scheme.UPTO,
                        Principal.of(payer),
                        contract(2, "acme"),
                        Long.MAX_VALUE,
                        new Asset.Token(contract(9, "acme-token"), "token"),
                        119,
                        Long.MAX_VALUE,
                        nonce,
                        resource));
    }

    static ValidatorSet validators(int count) {
        return ValidatorSet.of(
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> new Validator(keyPair(i).publicKey(), i))
                        .toList());
    }

    static Vote vote(VoteKind kind, @Nullable Hash blockId, int fill) {
        return new Vote(kind, 12, 1, blockId, 2, signature(fill));
    }

    static Proposal proposal(int polRound, int fill) {
        return new Proposal(12, 3, polRound, hash(fill), signature(fill));
    }

    static CommitCertificate commit() {
        return new CommitCertificate(
                11,
                0,
                hash(0x77),
                SignerBits.of(BitSet.valueOf(new long[] {0b1_0000_1011}), 10),
                List.of(signature(1), signature(2), signature(3), signature(4)));
    }

    static Evidence duplicateVote() {
        return Evidence.DuplicateVote.of(
                vote(VoteKind.PRECOMMIT, hash(9), 2), vote(VoteKind.PRECOMMIT, null, 3));
    }

    static Evidence duplicateProposal() {
        return Evidence.DuplicateProposal.of(proposal(1, 9), proposal(-1, 9));
    }

    static Header header(long height) {
        return new Header(
                Header.VERSION,
                CHAIN.chainId(),
                height,
                1_767_225_600_000L,
                hash(1),
                hash(2),
                hash(3),
                hash(4),
                0,
                hash(5),
                hash(6),
                hash(7),
                hash(8),
                hash(9),
                33_200,
                300_000_000,
                100,
                key(10));
    }

    static Block block() {
        return new Block(
                header(12),
                commit(),
                List.of(duplicateVote(), duplicateProposal()),
                List.of(plain(), full()));
    }

    static Receipt receipt(ExecutionStatus status) {
        return new Receipt(
                status,
                List.of(Bytes.ofHex("0703")),
                List.of(
                        new Event(
                                contract(0, "coin"),
                                "transfer",
                                List.of(ascii("a"), ascii("b")),
                                Bytes.ofHex("03"))),
                16_600,
                1_660);
    }

    static Receipt kernelFailed() {
        return receipt(new ExecutionStatus.KernelFailed(1, KernelFailure.OUT_OF_GAS));
    }
}
