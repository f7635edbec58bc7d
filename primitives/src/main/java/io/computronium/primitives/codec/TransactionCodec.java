package io.computronium.primitives.codec;

import static io.computronium.primitives.codec.WireValues.require;
import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toBytes;
import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;
import static io.computronium.primitives.codec.WireValues.toPrincipal;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.crypto.Domain;
import io.computronium.primitives.crypto.Sha256;
import io.computronium.primitives.proto.CallMessage;
import io.computronium.primitives.proto.ContractCallMessage;
import io.computronium.primitives.proto.DeployMessage;
import io.computronium.primitives.proto.PostConditionModeMessage;
import io.computronium.primitives.proto.SignedTransactionMessage;
import io.computronium.primitives.proto.TransactionBodyMessage;
import io.computronium.primitives.proto.TransferMessage;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import org.jspecify.annotations.Nullable;

/** Bytes and hashes of transactions. */
public final class TransactionCodec {

    /** The signed part; its bytes are what the transaction id is the hash of. */
    public static final Codec<TransactionBody> BODY =
            CanonicalCodec.of(
                    TransactionBodyMessage.getDefaultInstance(),
                    Transaction.MAX_BYTES,
                    TransactionCodec::body,
                    TransactionCodec::message);

    /** A whole transaction: {@code encode} gives the bytes that it came from. */
    public static final Codec<Transaction> TRANSACTION =
            new Codec<>() {
                @Override
                public byte[] encode(Transaction value) {
                    return value.bytes().toArray();
                }

                @Override
                public Transaction decode(byte[] bytes) {
                    Envelope envelope = ENVELOPE.decode(bytes);
                    return transaction(envelope, bytes);
                }
            };

    private static final Codec<Envelope> ENVELOPE =
            CanonicalCodec.of(
                    SignedTransactionMessage.getDefaultInstance(),
                    Transaction.MAX_BYTES,
                    TransactionCodec::envelope,
                    TransactionCodec::message);

    /** The outer message, whose body is not decoded yet. */
    private record Envelope(ByteString body, Credential sender, @Nullable Credential payer) {}

    private TransactionCodec() {}

    /** The transaction id: what credentials sign, under the sign bytes of their role. */
    public static Hash idOf(TransactionBody body) {
        return Sha256.hash(Domain.TRANSACTION, BODY.encode(body));
    }

    /**
     * A transaction from its parts.
     *
     * @param payer present exactly when the body names a payer
     * @throws MalformedDataException if it is too large, or {@code payer} does not fit the body
     */
    public static Transaction assemble(
            TransactionBody body, Credential sender, @Nullable Credential payer) {
        var envelope =
                new Envelope(UnsafeByteOperations.unsafeWrap(BODY.encode(body)), sender, payer);
        return transaction(envelope, ENVELOPE.encode(envelope));
    }

    private static Transaction transaction(Envelope envelope, byte[] bytes) {
        MalformedDataException.unless(
                bytes.length <= Transaction.MAX_BYTES, "transaction: at most 135,168 bytes");
        byte[] bodyBytes = envelope.body.toByteArray();
        TransactionBody body = BODY.decode(bodyBytes);
        MalformedDataException.unless(
                (body.payer() == null) == (envelope.payer == null),
                "transaction.payer: a credential exactly when the body names a payer");
        return new Transaction(
                body,
                envelope.sender,
                envelope.payer,
                Bytes.owned(bytes),
                Sha256.hash(Domain.TRANSACTION, bodyBytes),
                Sha256.hash(Domain.WIRE, bytes));
    }

    private static Envelope envelope(SignedTransactionMessage m) {
        require(m.hasSender(), "transaction.sender");
        return new Envelope(
                m.getBody(),
                CredentialCodec.credential(m.getSender()),
                m.hasPayer() ? CredentialCodec.credential(m.getPayer()) : null);
    }

    private static SignedTransactionMessage message(Envelope envelope) {
        var m =
                SignedTransactionMessage.newBuilder()
                        .setBody(envelope.body)
                        .setSender(CredentialCodec.message(envelope.sender));
        if (envelope.payer != null) {
            m.setPayer(CredentialCodec.message(envelope.payer));
        }
        return m.build();
    }

    private static TransactionBody body(TransactionBodyMessage m) {
        return new TransactionBody(
                toInt(m.getVersion(), "transaction.version"),
                m.getChainId(),
                toPrincipal(m.getSender()),
                toInt(m.getLane(), "transaction.lane"),
                toLong(m.getSequence(), "transaction.sequence"),
                toLong(m.getValidUntil(), "transaction.validUntil"),
                toLong(m.getGasLimit(), "transaction.gasLimit"),
                toLong(m.getMaxFeePerKilogas(), "transaction.maxFeePerKilogas"),
                toLong(m.getTipPerKilogas(), "transaction.tipPerKilogas"),
                m.hasPayer() ? toPrincipal(m.getPayer()) : null,
                m.getCallsList().stream().map(TransactionCodec::call).toList(),
                m.getPostConditionsList().stream().map(PostConditionCodec::condition).toList(),
                mode(m.getPostConditionMode()),
                toBytes(m.getMemo()));
    }

    private static TransactionBodyMessage message(TransactionBody body) {
        var m =
                TransactionBodyMessage.newBuilder()
                        .setVersion(body.version())
                        .setChainId(body.chainId())
                        .setSender(toByteString(body.sender()))
                        .setLane(body.lane())
                        .setSequence(body.sequence())
                        .setValidUntil(body.validUntil())
                        .setGasLimit(body.gasLimit())
                        .setMaxFeePerKilogas(body.maxFeePerKilogas())
                        .setTipPerKilogas(body.tipPerKilogas())
                        .setPostConditionMode(message(body.postConditionMode()))
                        .setMemo(toByteString(body.memo()));
        if (body.payer() != null) {
            m.setPayer(toByteString(body.payer()));
        }
        body.calls().forEach(call -> m.addCalls(message(call)));
        body.postConditions()
                .forEach(condition -> m.addPostConditions(PostConditionCodec.message(condition)));
        return m.build();
    }

    private static PostConditionMode mode(PostConditionModeMessage m) {
        return switch (m) {
            case POST_CONDITION_MODE_DENY -> PostConditionMode.DENY;
            case POST_CONDITION_MODE_ALLOW -> PostConditionMode.ALLOW;
            case UNRECOGNIZED ->
                    throw new MalformedDataException("transaction.postConditionMode: unknown");
        };
    }

    private static PostConditionModeMessage message(PostConditionMode mode) {
        return switch (mode) {
            case DENY -> PostConditionModeMessage.POST_CONDITION_MODE_DENY;
            case ALLOW -> PostConditionModeMessage.POST_CONDITION_MODE_ALLOW;
        };
    }

    private static Call call(CallMessage m) {
        return switch (m.getCallCase()) {
            case TRANSFER -> transfer(m.getTransfer());
            case CONTRACT_CALL -> contractCall(m.getContractCall());
            case DEPLOY -> deploy(m.getDeploy());
            case CALL_NOT_SET -> throw new MalformedDataException("call: of no known kind");
        };
    }

    private static CallMessage message(Call call) {
        var m = CallMessage.newBuilder();
        switch (call) {
            case Call.Transfer transfer -> m.setTransfer(message(transfer));
            case Call.ContractCall contractCall -> m.setContractCall(message(contractCall));
            case Call.Deploy deploy -> m.setDeploy(message(deploy));
        }
        return m.build();
    }

    private static Call transfer(TransferMessage m) {
        return new Call.Transfer(
                toPrincipal(m.getTo()),
                toLong(m.getAmount(), "transfer.amount"),
                m.hasMemo() ? toBytes(m.getMemo()) : null);
    }

    private static TransferMessage message(Call.Transfer transfer) {
        var m =
                TransferMessage.newBuilder()
                        .setTo(toByteString(transfer.to()))
                        .setAmount(transfer.amount());
        if (transfer.memo() != null) {
            m.setMemo(toByteString(transfer.memo()));
        }
        return m.build();
    }

    private static Call contractCall(ContractCallMessage m) {
        return new Call.ContractCall(
                toPrincipal(m.getContract()),
                m.getFunction(),
                m.getArgumentsList().stream().map(WireValues::toBytes).toList());
    }

    private static ContractCallMessage message(Call.ContractCall call) {
        var m =
                ContractCallMessage.newBuilder()
                        .setContract(toByteString(call.contract()))
                        .setFunction(call.function());
        call.arguments().forEach(argument -> m.addArguments(toByteString(argument)));
        return m.build();
    }

    private static Call deploy(DeployMessage m) {
        return new Call.Deploy(
                m.getName(), toInt(m.getLevel(), "deploy.level"), toBytes(m.getSource()));
    }

    private static DeployMessage message(Call.Deploy deploy) {
        return DeployMessage.newBuilder()
                .setName(deploy.name())
                .setLevel(deploy.level())
                .setSource(toByteString(deploy.source()))
                .build();
    }
}
