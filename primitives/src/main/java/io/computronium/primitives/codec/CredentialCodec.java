package io.computronium.primitives.codec;

import static io.computronium.primitives.codec.WireValues.require;
import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;
import static io.computronium.primitives.codec.WireValues.toPublicKey;
import static io.computronium.primitives.codec.WireValues.toSignature;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.proto.CredentialMessage;
import io.computronium.primitives.proto.KeySetMessage;
import io.computronium.primitives.proto.MemberSignatureMessage;
import io.computronium.primitives.proto.MultiCredentialMessage;
import io.computronium.primitives.proto.PublicKeyMessage;
import io.computronium.primitives.proto.SessionCredentialMessage;
import io.computronium.primitives.proto.SingleCredentialMessage;
import io.computronium.primitives.proto.WeightedKeyMessage;
import io.computronium.primitives.tx.Credential;
import io.computronium.primitives.tx.Credential.MemberSignature;
import io.computronium.primitives.tx.KeySet;
import io.computronium.primitives.tx.KeySet.WeightedKey;

/** Credentials, and the key sets that multi-key addresses commit to. */
public final class CredentialCodec {

    private static final int MAX_KEY_SET_BYTES = 1 << 10;

    /** What the address of a multi-key account is derived from. */
    public static final Codec<KeySet> KEY_SET =
            CanonicalCodec.of(
                    KeySetMessage.getDefaultInstance(),
                    MAX_KEY_SET_BYTES,
                    CredentialCodec::keySet,
                    CredentialCodec::message);

    /** The only kind of key so far. */
    private static final int ED25519 = 0;

    private CredentialCodec() {}

    static Credential credential(CredentialMessage m) {
        return switch (m.getCredentialCase()) {
            case SINGLE -> single(m.getSingle());
            case SESSION -> session(m.getSession());
            case MULTI -> multi(m.getMulti());
            case CREDENTIAL_NOT_SET ->
                    throw new MalformedDataException("credential: of no known kind");
        };
    }

    static CredentialMessage message(Credential credential) {
        var m = CredentialMessage.newBuilder();
        switch (credential) {
            case Credential.Single single -> m.setSingle(message(single));
            case Credential.Session session -> m.setSession(message(session));
            case Credential.Multi multi -> m.setMulti(message(multi));
        }
        return m.build();
    }

    private static Credential single(SingleCredentialMessage m) {
        require(m.hasKey(), "single.key");
        return new Credential.Single(key(m.getKey()), toSignature(m.getSignature()));
    }

    private static SingleCredentialMessage message(Credential.Single single) {
        return SingleCredentialMessage.newBuilder()
                .setKey(message(single.key()))
                .setSignature(toByteString(single.signature()))
                .build();
    }

    private static Credential session(SessionCredentialMessage m) {
        require(m.hasKey(), "session.key");
        return new Credential.Session(
                toLong(m.getId(), "session.id"), key(m.getKey()), toSignature(m.getSignature()));
    }

    private static SessionCredentialMessage message(Credential.Session session) {
        return SessionCredentialMessage.newBuilder()
                .setId(session.id())
                .setKey(message(session.key()))
                .setSignature(toByteString(session.signature()))
                .build();
    }

    private static Credential multi(MultiCredentialMessage m) {
        require(m.hasKeySet(), "multi.keySet");
        return new Credential.Multi(
                keySet(m.getKeySet()),
                m.getSignaturesList().stream()
                        .map(member ->
                                new MemberSignature(
                                        toInt(member.getIndex(), "multi.index"),
                                        toSignature(member.getSignature())))
                        .toList());
    }

    private static MultiCredentialMessage message(Credential.Multi multi) {
        var m = MultiCredentialMessage.newBuilder().setKeySet(message(multi.keySet()));
        for (MemberSignature member : multi.signatures()) {
            m.addSignatures(
                    MemberSignatureMessage.newBuilder()
                            .setIndex(member.index())
                            .setSignature(toByteString(member.signature())));
        }
        return m.build();
    }

    private static KeySet keySet(KeySetMessage m) {
        return new KeySet(
                toInt(m.getVersion(), "keySet.version"),
                m.getKeysList().stream().map(CredentialCodec::weightedKey).toList(),
                toInt(m.getThreshold(), "keySet.threshold"));
    }

    private static KeySetMessage message(KeySet keySet) {
        var m =
                KeySetMessage.newBuilder()
                        .setVersion(keySet.version())
                        .setThreshold(keySet.threshold());
        for (WeightedKey member : keySet.keys()) {
            m.addKeys(
                    WeightedKeyMessage.newBuilder()
                            .setKey(message(member.key()))
                            .setWeight(member.weight()));
        }
        return m.build();
    }

    private static WeightedKey weightedKey(WeightedKeyMessage m) {
        require(m.hasKey(), "keySet.key");
        return new WeightedKey(key(m.getKey()), toInt(m.getWeight(), "keySet.weight"));
    }

    private static PublicKey key(PublicKeyMessage m) {
        MalformedDataException.unless(m.getKind() == ED25519, "key.kind: unknown");
        return toPublicKey(m.getKey());
    }

    private static PublicKeyMessage message(PublicKey key) {
        return PublicKeyMessage.newBuilder().setKind(ED25519).setKey(toByteString(key)).build();
    }
}
