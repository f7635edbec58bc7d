package io.computronium.primitives.tx;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import java.util.List;

/** By what right a transaction acts for an account. */
public sealed interface Credential {

    /** One key of the account's own. */
    record Single(PublicKey key, Signature signature) implements Credential {}

    /** A key that the account gave a limited mandate. */
    record Session(long id, PublicKey key, Signature signature) implements Credential {
        public Session {
            MalformedDataException.unless(id >= 0, "session.id: over 63 bits");
        }
    }

    /**
     * Several keys together, for an account whose address commits to the set.
     *
     * @param signatures ascending by index, at most one a key
     */
    record Multi(KeySet keySet, List<MemberSignature> signatures) implements Credential {
        public Multi {
            signatures = List.copyOf(signatures);
            int previous = -1;
            for (MemberSignature member : signatures) {
                MalformedDataException.unless(
                        member.index() > previous && member.index() < keySet.keys().size(),
                        "multi.signatures: indexes must ascend within the set");
                previous = member.index();
            }
            MalformedDataException.unless(
                    !signatures.isEmpty(), "multi.signatures: at least one expected");
        }

        /** The sum of the weights that signed. Whether they signed well is not looked at. */
        public int signedWeight() {
            int sum = 0;
            for (MemberSignature member : signatures) {
                sum += keySet.keys().get(member.index()).weight();
            }
            return sum;
        }
    }

    /** The signature of the key at {@code index} of a {@link KeySet}. */
    record MemberSignature(int index, Signature signature) {}
}
