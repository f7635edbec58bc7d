package io.computronium.vm.builtin;

import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.AssetShape;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an account lets a key do: the policy that consensus holds every transaction of the session
 * to.
 *
 * @param validFrom first height
 * @param validUntil last height
 * @param scope what it may call, at most {@value #MAX_SCOPE}
 * @param caps what it may spend, at most {@value #MAX_CAPS}; of an asset without one, nothing
 * @param recipients who may receive from the account, at most {@value #MAX_RECIPIENTS}; anyone if
 *     empty
 * @param cosign who has to pay the fee, and so to sign, above some amount of coins
 * @param newRecipientDelay blocks between the announcement of a recipient and the first payment
 */
public record Session(
        PublicKey key,
        long validFrom,
        long validUntil,
        List<Grant> scope,
        List<Cap> caps,
        Optional<List<Principal>> recipients,
        Optional<Cosign> cosign,
        Optional<Long> newRecipientDelay) {

    static final int MAX_SCOPE = 16;
    static final int MAX_CAPS = 8;
    static final int MAX_RECIPIENTS = 8;

    /** A contract, or one function of it. */
    public record Grant(Principal contract, Optional<String> function) {
        static final RecordShape<Grant> SHAPE =
                RecordShape.of(
                        in -> new Grant(in.next(), in.next()),
                        RecordShape.field("contract", Shape.PRINCIPAL, Grant::contract),
                        RecordShape.field(
                                "function", Shape.optional(Shape.ascii(128)), Grant::function));

        boolean covers(Grant other) {
            return contract.equals(other.contract)
                    && (function.isEmpty() || function.equals(other.function));
        }
    }

    /**
     * The most of an asset, gross, with the fees that the account pays.
     *
     * @param periodBlocks length of a period, over 0; the first starts with the session. Twice
     *     {@code perPeriod} may go around the end of one
     * @param total for the life of the session
     */
    public record Cap(
            Asset asset, long perTransaction, long perPeriod, long periodBlocks, long total) {
        static final RecordShape<Cap> SHAPE =
                RecordShape.of(
                        in -> new Cap(in.next(), in.next(), in.next(), in.next(), in.next()),
                        RecordShape.field("asset", AssetShape.ASSET, Cap::asset),
                        RecordShape.field("per-transaction", Shape.UINT, Cap::perTransaction),
                        RecordShape.field("per-period", Shape.UINT, Cap::perPeriod),
                        RecordShape.field("period-blocks", Shape.UINT, Cap::periodBlocks),
                        RecordShape.field("total", Shape.UINT, Cap::total));

        boolean covers(Cap other) {
            return asset.equals(other.asset)
                    && periodBlocks == other.periodBlocks
                    && perTransaction >= other.perTransaction
                    && perPeriod >= other.perPeriod
                    && total >= other.total;
        }
    }

    /**
     * Above {@code above} grains of the coin in a transaction, {@code by} has to pay its fee: the
     * payer signs the same body, and that is the second signature.
     */
    public record Cosign(long above, Principal by) {
        static final RecordShape<Cosign> SHAPE =
                RecordShape.of(
                        in -> new Cosign(in.next(), in.next()),
                        RecordShape.field("above", Shape.UINT, Cosign::above),
                        RecordShape.field("by", Shape.PRINCIPAL, Cosign::by));
    }

    static final RecordShape<Session> SHAPE =
            RecordShape.of(
                    in ->
                            new Session(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next(), in.next()),
                    RecordShape.field("key", KeyShape.ACCOUNT_KEY, Session::key),
                    RecordShape.field("valid-from", Shape.UINT, Session::validFrom),
                    RecordShape.field("valid-until", Shape.UINT, Session::validUntil),
                    RecordShape.field("scope", Shape.list(Grant.SHAPE, MAX_SCOPE), Session::scope),
                    RecordShape.field("caps", Shape.list(Cap.SHAPE, MAX_CAPS), Session::caps),
                    RecordShape.field(
                            "recipients",
                            Shape.optional(Shape.list(Shape.PRINCIPAL, MAX_RECIPIENTS)),
                            Session::recipients),
                    RecordShape.field("cosign", Shape.optional(Cosign.SHAPE), Session::cosign),
                    RecordShape.field(
                            "new-recipient-delay",
                            Shape.optional(Shape.UINT),
                            Session::newRecipientDelay));

    public boolean isValidAt(long height) {
        return validFrom <= height && height <= validUntil;
    }

    /** Whether it can be used at all, and no asset is capped twice. */
    boolean isSound() {
        Set<Asset> assets = new LinkedHashSet<>();
        return validFrom <= validUntil
                && !scope.isEmpty()
                && caps.stream().allMatch(cap -> cap.periodBlocks > 0 && assets.add(cap.asset));
    }

    /** Whether {@code contract.function} is listed, by itself or with the whole contract. */
    public boolean allows(Principal contract, String function) {
        var call = new Grant(contract, Optional.of(function));
        return scope.stream().anyMatch(grant -> grant.covers(call));
    }

    /** Whether {@code contract.function} is listed by itself. */
    public boolean names(Principal contract, String function) {
        return scope.contains(new Grant(contract, Optional.of(function)));
    }

    /** Whether {@code contract}, or some function of it, is listed. */
    public boolean reaches(Principal contract) {
        return scope.stream().anyMatch(grant -> grant.contract.equals(contract));
    }

    public boolean mayPay(Principal recipient) {
        return recipients.isEmpty() || recipients.get().contains(recipient);
    }

    /** Whether {@code other} allows nothing that this one does not. */
    boolean covers(Session other) {
        return key.equals(other.key)
                && validFrom == other.validFrom // periods count from it
                && validUntil >= other.validUntil
                && other.scope.stream().allMatch(o -> scope.stream().anyMatch(g -> g.covers(o)))
                && other.caps.stream().allMatch(o -> caps.stream().anyMatch(c -> c.covers(o)))
                && recipientsCover(other)
                && cosignCovers(other)
                && delayCovers(other);
    }

    private boolean recipientsCover(Session other) {
        return recipients
                .map(mine ->
                        other.recipients.isPresent()
                                && other.recipients.get().stream().allMatch(mine::contains))
                .orElse(true);
    }

    private boolean cosignCovers(Session other) {
        return cosign.map(mine ->
                        other.cosign
                                .filter(o -> o.by.equals(mine.by) && o.above <= mine.above)
                                .isPresent())
                .orElse(true);
    }

    private boolean delayCovers(Session other) {
        return newRecipientDelay
                .map(mine -> other.newRecipientDelay.filter(o -> o >= mine).isPresent())
                .orElse(true);
    }
}
