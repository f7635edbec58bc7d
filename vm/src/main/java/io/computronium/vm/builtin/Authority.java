package io.computronium.vm.builtin;

import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import java.util.Optional;

/**
 * Who may act for an account besides the key that its address is made of, or in its place.
 *
 * @param key in place of the address's; empty as long as it was never rotated
 * @param pendingKey takes over at its height
 * @param guardian may veto a rotation and pause the account
 * @param pendingGuardian takes over at its height
 * @param paused no session may act
 * @param nextSession the id that the next session gets
 * @param revokedBelow sessions with lower ids are revoked, whatever their records say
 */
public record Authority(
        Optional<PublicKey> key,
        Optional<PendingKey> pendingKey,
        Optional<Principal> guardian,
        Optional<PendingGuardian> pendingGuardian,
        boolean paused,
        long nextSession,
        long revokedBelow) {

    /** A key that takes over in the block at {@code height}. */
    public record PendingKey(PublicKey key, long height) {
        static final RecordShape<PendingKey> SHAPE =
                RecordShape.of(
                        in -> new PendingKey(in.next(), in.next()),
                        RecordShape.field("key", KeyShape.ACCOUNT_KEY, PendingKey::key),
                        RecordShape.field("height", Shape.UINT, PendingKey::height));
    }

    /** A guardian, or none, that takes over in the block at {@code height}. */
    public record PendingGuardian(Optional<Principal> guardian, long height) {
        static final RecordShape<PendingGuardian> SHAPE =
                RecordShape.of(
                        in -> new PendingGuardian(in.next(), in.next()),
                        RecordShape.field(
                                "guardian",
                                Shape.optional(Shape.PRINCIPAL),
                                PendingGuardian::guardian),
                        RecordShape.field("height", Shape.UINT, PendingGuardian::height));
    }

    static final RecordShape<Authority> SHAPE =
            RecordShape.of(
                    in ->
                            new Authority(
                                    in.next(), in.next(), in.next(), in.next(), in.next(),
                                    in.next(), in.next()),
                    RecordShape.field("key", Shape.optional(KeyShape.ACCOUNT_KEY), Authority::key),
                    RecordShape.field(
                            "pending-key", Shape.optional(PendingKey.SHAPE), Authority::pendingKey),
                    RecordShape.field(
                            "guardian", Shape.optional(Shape.PRINCIPAL), Authority::guardian),
                    RecordShape.field(
                            "pending-guardian",
                            Shape.optional(PendingGuardian.SHAPE),
                            Authority::pendingGuardian),
                    RecordShape.field("paused", Shape.BOOL, Authority::paused),
                    RecordShape.field("next-session", Shape.UINT, Authority::nextSession),
                    RecordShape.field("revoked-below", Shape.UINT, Authority::revokedBelow));

    /** Of an account that never used the contract. */
    static final Authority NONE =
            new Authority(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    0,
                    0);

    /** The key in place of the address's in the block at {@code height}. */
    public Optional<PublicKey> keyAt(long height) {
        return settledAt(height).key;
    }

    Optional<Principal> guardianAt(long height) {
        return settledAt(height).guardian;
    }

    /** With what was pending until {@code height} in force. */
    Authority settledAt(long height) {
        boolean keyIsDue = pendingKey.filter(pending -> pending.height <= height).isPresent();
        boolean guardianIsDue =
                pendingGuardian.filter(pending -> pending.height <= height).isPresent();
        if (!keyIsDue && !guardianIsDue) {
            return this;
        }
        return new Authority(
                keyIsDue ? pendingKey.map(PendingKey::key) : key,
                keyIsDue ? Optional.empty() : pendingKey,
                guardianIsDue ? pendingGuardian.flatMap(PendingGuardian::guardian) : guardian,
                guardianIsDue ? Optional.empty() : pendingGuardian,
                paused,
                nextSession,
                revokedBelow);
    }

    Authority withPending(Optional<PendingKey> newKey, Optional<PendingGuardian> newGuardian) {
        return new Authority(key, newKey, guardian, newGuardian, paused, nextSession, revokedBelow);
    }

    Authority withGuardian(Principal newGuardian) {
        return new Authority(
                key,
                pendingKey,
                Optional.of(newGuardian),
                Optional.empty(),
                paused,
                nextSession,
                revokedBelow);
    }

    Authority withPaused(boolean nowPaused) {
        return new Authority(
                key, pendingKey, guardian, pendingGuardian, nowPaused, nextSession, revokedBelow);
    }

    Authority withNextSession() {
        return new Authority(
                key,
                pendingKey,
                guardian,
                pendingGuardian,
                paused,
                Math.addExact(nextSession, 1),
                revokedBelow);
    }

    Authority withAllRevoked() {
        return new Authority(
                key, pendingKey, guardian, pendingGuardian, paused, nextSession, nextSession);
    }
}
