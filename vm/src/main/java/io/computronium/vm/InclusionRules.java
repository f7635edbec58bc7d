package io.computronium.vm;

import io.computronium.primitives.Address;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.codec.CredentialCodec;
import io.computronium.primitives.crypto.Domain;
import io.computronium.primitives.crypto.Sha256;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.KeySet;
import io.computronium.primitives.tx.Transaction;
import io.computronium.primitives.tx.TransactionBody;
import io.computronium.primitives.tx.TransactionFault;
import io.computronium.vm.builtin.Account.SessionKey;
import io.computronium.vm.builtin.AccountAddress;
import io.computronium.vm.builtin.Authority;
import io.computronium.vm.builtin.Session;
import io.computronium.vm.builtin.Spending;
import java.util.Optional;
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
     * @param accounts the accounts at that point
     */
    public Optional<Refusal> check(
            Transaction transaction, long height, long baseFee, AccountView accounts) {
        TransactionBody body = transaction.body();
        Refusal fault = authorityFault(transaction, height, accounts);
        if (fault == null) {
            fault = expiryFault(body, height);
        }
        if (fault == null) {
            AccountState sender = accounts.account(body.sender());
            fault = sequenceFault(body, sender);
            if (fault == null) {
                fault = feeFault(transaction, height, baseFee, accounts);
            }
        }
        return Optional.ofNullable(fault);
    }

    /** The address that a key set is the only one to act for. */
    public static Address addressOf(KeySet keySet, int version) {
        Hash digest = Sha256.hash(Domain.MULTI_ADDRESS, CredentialCodec.KEY_SET.encode(keySet));
        return Address.ofDigest(version, digest);
    }

    private @Nullable Refusal authorityFault(
            Transaction transaction, long height, AccountView accounts) {
        TransactionBody body = transaction.body();
        Refusal fault =
                credentialFault("sender", body.sender(), transaction.sender(), height, accounts);
        Principal payer = body.payer();
        Credential payerCredential = transaction.payer();
        return fault != null || payer == null || payerCredential == null
                ? fault
                : credentialFault("payer", payer, payerCredential, height, accounts);
    }

    private @Nullable Refusal credentialFault(
            String role,
            Principal account,
            Credential credential,
            long height,
            AccountView accounts) {
        return switch (credential) {
            case Credential.Single single ->
                    isKeyOf(account, single.key(), height, accounts)
                            ? null
                            : wrongKey(role, account);
            case Credential.Multi multi ->
                    isKeySetOf(account, multi.keySet()) ? null : wrongKey(role, account);
            case Credential.Session session ->
                    sessionFault(role, account, session, height, accounts);
        };
    }

    private static Refusal wrongKey(String role, Principal principal) {
        return new Refusal(
                TransactionFault.WRONG_KEY,
                "the credential of the " + role + " is not of account " + principal);
    }

    private boolean isKeyOf(Principal account, PublicKey key, long height, AccountView accounts) {
        // The system account needs no case of its own: no key is known whose hash is zeros.
        if (account.isContract() || account.address().version() != rules.addresses().key()) {
            return false;
        }
        Optional<PublicKey> rotated =
                accounts.account(account).managed()
                        ? accounts.authority(rules, account)
                                .flatMap(authority -> authority.keyAt(height))
                        : Optional.empty();
        return rotated.map(key::equals).orElseGet(() -> AccountAddress.isMadeOf(account, key));
    }

    private boolean isKeySetOf(Principal account, KeySet keySet) {
        Address address = account.address();
        return !account.isContract()
                && address.version() == rules.addresses().derived()
                && address.equals(addressOf(keySet, rules.addresses().derived()));
    }

    private @Nullable Refusal sessionFault(
            String role,
            Principal account,
            Credential.Session credential,
            long height,
            AccountView accounts) {
        if (!accounts.account(account).managed()) {
            return wrongKey(role, account);
        }
        Optional<Authority> authority = accounts.authority(rules, account);
        Optional<Session> session =
                accounts.session(rules, new SessionKey(account, credential.id()));
        if (authority.isEmpty()
                || session.isEmpty()
                || !session.get().key().equals(credential.key())) {
            return wrongKey(role, account);
        }
        if (authority.get().paused()) {
            return new Refusal(
                    TransactionFault.ACCOUNT_PAUSED, "sessions of " + account + " are stopped");
        }
        boolean revoked = credential.id() < authority.get().revokedBelow();
        return revoked || !session.get().isValidAt(height)
                ? new Refusal(
                        TransactionFault.SESSION_INACTIVE,
                        "session "
                                + credential.id()
                                + " of "
                                + account
                                + (revoked
                                        ? " was revoked"
                                        : " is valid from height "
                                                + session.get().validFrom()
                                                + " to "
                                                + session.get().validUntil()))
                : null;
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

    private @Nullable Refusal feeFault(
            Transaction transaction, long height, long baseFee, AccountView accounts) {
        TransactionBody body = transaction.body();
        if (body.maxFeePerKilogas() < baseFee) {
            return new Refusal(
                    TransactionFault.FEE_TOO_LOW,
                    "pays at most " + body.maxFeePerKilogas() + ", the base fee is " + baseFee);
        }
        long reserve = FeeMarket.fee(body.gasLimit(), FeeMarket.price(body, baseFee));
        AccountState payer = accounts.account(body.feePayer());
        if (payer.balance() < reserve) {
            return new Refusal(
                    TransactionFault.INSUFFICIENT_FEE_BALANCE,
                    "the payer has " + payer.balance() + " grains, the gas limit costs " + reserve);
        }
        Credential credential =
                transaction.payer() == null ? transaction.sender() : transaction.payer();
        return credential instanceof Credential.Session session
                ? capFault(new SessionKey(body.feePayer(), session.id()), height, reserve, accounts)
                : null;
    }

    private @Nullable Refusal capFault(
            SessionKey key, long height, long reserve, AccountView accounts) {
        Session session = accounts.session(rules, key).orElseThrow();
        Spending spending = accounts.spending(rules, key).orElseThrow();
        return spending.refusal(session, height, Asset.COIN, 0, reserve)
                .map(cap ->
                        new Refusal(
                                TransactionFault.SESSION_CAP,
                                "the gas limit costs " + reserve + " grains, " + cap.meaning()))
                .orElse(null);
    }
}
