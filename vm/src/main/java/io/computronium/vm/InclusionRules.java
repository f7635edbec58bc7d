package io.computronium.vm;

import io.computronium.primitives.Address;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.codec.CredentialCodec;
import io.computronium.primitives.crypto.Domain;
import io.computronium.primitives.crypto.Hash160;
import io.computronium.primitives.crypto.Sha256;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.KeySet;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.primitives.tx.TransactionFault;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of a transaction just before it runs, given the accounts: one rule for
 * admission to the pool and for the validity of blocks. It takes for granted that {@link
 * TransactionRules} passed.
 *
 * <p>A pool asks it of the accounts as they will be: with the sequences used and the fees reserved
 * of what it holds already.
 */
public final class InclusionRules {

    private final Rules rules;

    public InclusionRules(Rules rules) {
        this.rules = rules;
    }

    /**
     * The first rule that {@code transaction} breaks, in a fixed order.
     *
     * @param height of the block that would include it
     * @param baseFee of that block, grains for 1,000 gas
     * @param accounts the accounts at that point; {@link AccountState#EMPTY} for unknown ones
     */
    public Optional<Refusal> check(
            Transaction transaction,
            long height,
            long baseFee,
            Function<Principal, AccountState> accounts) {
        TransactionBody body = transaction.body();
        Refusal fault = authorityFault(transaction);
        if (fault == null) {
            fault = expiryFault(body, height);
        }
        if (fault == null) {
            AccountState sender = accounts.apply(body.sender());
            fault = sequenceFault(body, sender);
            if (fault == null) {
                Principal payer = body.payer();
                fault = feeFault(body, baseFee, payer == null ? sender : accounts.apply(payer));
            }
        }
        return Optional.ofNullable(fault);
    }

    /** The address that a key set is the only one to act for. */
    public static Address addressOf(KeySet keySet, int version) {
        Hash digest = Sha256.hash(Domain.MULTI_ADDRESS, CredentialCodec.KEY_SET.encode(keySet));
        return Address.ofDigest(version, digest);
    }

    private @Nullable Refusal authorityFault(Transaction transaction) {
        TransactionBody body = transaction.body();
        if (!mayActFor(body.sender(), transaction.sender())) {
            return wrongKey("sender", body.sender());
        }
        Principal payer = body.payer();
        Credential payerCredential = transaction.payer();
        return payer == null || payerCredential == null || mayActFor(payer, payerCredential)
                ? null
                : wrongKey("payer", payer);
    }

    private static Refusal wrongKey(String role, Principal principal) {
        return new Refusal(
                TransactionFault.WRONG_KEY,
                "the credential of the " + role + " is not of account " + principal);
    }

    private boolean mayActFor(Principal principal, Credential credential) {
        // The system account needs no case of its own: no key is known whose hash is zeros.
        if (principal.isContract()) {
            return false;
        }
        Address address = principal.address();
        return switch (credential) {
            case Credential.Single single ->
                    address.version() == rules.addresses().key()
                            && address.equals(
                                    Hash160.address(rules.addresses().key(), single.key()));
            case Credential.Multi multi ->
                    address.version() == rules.addresses().derived()
                            && address.equals(
                                    addressOf(multi.keySet(), rules.addresses().derived()));
            case Credential.Session session -> false;
        };
    }

    private @Nullable Refusal expiryFault(TransactionBody body, long height) {
        long ahead = body.validUntil() - height;
        if (ahead < 0) {
            return new Refusal(
                    TransactionFault.EXPIRED,
                    "valid until height " + body.validUntil() + ", the block has " + height);
        }
        long most = rules.parameters().maxValidUntilAhead();
        return ahead <= most
                ? null
                : new Refusal(
                        TransactionFault.EXPIRY_TOO_FAR,
                        "expires " + ahead + " heights ahead, at most " + most);
    }

    private static @Nullable Refusal sequenceFault(TransactionBody body, AccountState sender) {
        int lane = body.lane();
        long sequence = body.sequence();
        return switch (sender.check(lane, sequence)) {
            case FREE -> null;
            case USED ->
                    new Refusal(
                            TransactionFault.SEQUENCE_USED,
                            "sequence " + sequence + " of lane " + lane + " was used");
            case AHEAD ->
                    new Refusal(
                            TransactionFault.SEQUENCE_AHEAD,
                            "sequence " + sequence + " of lane " + lane + " is ahead: " + sender);
        };
    }

    private static @Nullable Refusal feeFault(
            TransactionBody body, long baseFee, AccountState payer) {
        if (body.maxFeePerKilogas() < baseFee) {
            return new Refusal(
                    TransactionFault.FEE_TOO_LOW,
                    "pays at most " + body.maxFeePerKilogas() + ", the base fee is " + baseFee);
        }
        long reserve = FeeMarket.fee(body.gasLimit(), FeeMarket.price(body, baseFee));
        return payer.balance() >= reserve
                ? null
                : new Refusal(
                        TransactionFault.INSUFFICIENT_FEE_BALANCE,
                        "the payer has "
                                + payer.balance()
                                + " grains, the gas limit costs "
                                + reserve);
    }
}
