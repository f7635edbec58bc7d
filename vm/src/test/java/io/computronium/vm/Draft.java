package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.codec.TransactionCodec;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in the making: by default a valid one in lane 0, with signatures that do not
 * verify, since making one is slow and execution does not look at them.
 */
public final class Draft {

    private static final Signature UNSIGNED = Signature.of(new byte[Signature.SIZE]);

    private final List<Call> calls = new ArrayList<>();
    private final List<PostCondition> conditions = new ArrayList<>();
    private int version = TransactionBody.VERSION;
    private String chainId = TestChain.IDENTITY.chainId();
    private Principal sender;
    private Credential credential;
    private @Nullable Principal payer;
    private @Nullable Credential payerCredential;
    private int lane;
    private long sequence;
    private long validUntil = 60;
    private long gasLimit = 100_000;
    private long maxFee = 10_000;
    private long tip;
    private PostConditionMode mode = PostConditionMode.DENY;

    private Draft(Principal sender, Credential credential) {
        this.sender = sender;
        this.credential = credential;
    }

    static Draft from(String name) {
        return new Draft(TestChain.account(name), single(name));
    }

    static Draft from(Principal sender, Credential credential) {
        return new Draft(sender, credential);
    }

    static Credential.Single single(String name) {
        return new Credential.Single(TestChain.key(name).publicKey(), UNSIGNED);
    }

    public Draft version(int value) {
        version = value;
        return this;
    }

    public Draft chain(String id) {
        chainId = id;
        return this;
    }

    public Draft payer(String name) {
        return payer(TestChain.account(name), single(name));
    }

    public Draft payer(Principal principal, Credential itsCredential) {
        payer = principal;
        payerCredential = itsCredential;
        return this;
    }

    public Draft lane(int value) {
        lane = value;
        return this;
    }

    public Draft sequence(long value) {
        sequence = value;
        return this;
    }

    public Draft validUntil(long height) {
        validUntil = height;
        return this;
    }

    public Draft gasLimit(long gas) {
        gasLimit = gas;
        return this;
    }

    public Draft maxFee(long perKilogas) {
        maxFee = perKilogas;
        return this;
    }

    public Draft tip(long perKilogas) {
        tip = perKilogas;
        return this;
    }

    public Draft mode(PostConditionMode value) {
        mode = value;
        return this;
    }

    public Draft condition(PostCondition condition) {
        conditions.add(condition);
        return this;
    }

    public Draft call(Call call) {
        calls.add(call);
        return this;
    }

    public Draft transfer(String to, long grains) {
        return transfer(TestChain.account(to), grains);
    }

    public Draft transfer(Principal to, long grains) {
        return call(new Call.Transfer(to, grains, null));
    }

    public Transaction build() {
        return TransactionCodec.assemble(body(), credential, payerCredential);
    }

    /** With the signatures of the keys that {@code sender} and {@code payer} name. */
    Transaction signed(String senderKey, @Nullable String payerKey) {
        TransactionBody body = body();
        var id = TransactionCodec.idOf(body);
        var chain = TestChain.IDENTITY;
        return TransactionCodec.assemble(
                body,
                sign(senderKey, SignBytes.transactionSender(chain, id)),
                payerKey == null ? null : sign(payerKey, SignBytes.transactionPayer(chain, id)));
    }

    private static Credential sign(String name, byte[] message) {
        var key = TestChain.key(name);
        return new Credential.Single(key.publicKey(), key.sign(message));
    }

    private TransactionBody body() {
        return new TransactionBody(
                version,
                chainId,
                sender,
                lane,
                sequence,
                validUntil,
                gasLimit,
                maxFee,
                tip,
                payer,
                calls,
                conditions,
                mode,
                Bytes.EMPTY);
    }
}
