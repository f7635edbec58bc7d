package io.computronium.node.driver;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.bft.Evidence;
import io.computronium.primitives.bft.Validator;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.crypto.Ed25519;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evidence that no block has yet: one for each validator, since one is enough to punish it; so a
 * validator that contradicts itself without end fills no pool. For the consensus thread.
 */
final class EvidencePool {

    static final int MAX = 64;

    private final ChainIdentity chain;
    private final Map<PublicKey, Evidence> byOffender = new LinkedHashMap<>();

    EvidencePool(ChainIdentity chain) {
        this.chain = chain;
    }

    /**
     * Keeps evidence against one of {@code validators}, in the place of the oldest if there is no
     * room.
     *
     * @return whether it is news
     */
    boolean add(Evidence evidence, ValidatorSet validators) {
        List<PublicKey> keys = validators.validators().stream().map(Validator::publicKey).toList();
        if (byOffender.containsValue(evidence)) {
            return false; // before the signatures, which take time
        }
        Optional<PublicKey> offender = evidence.signer(chain, keys, Ed25519::verify);
        if (offender.isEmpty() || byOffender.putIfAbsent(offender.get(), evidence) != null) {
            return false;
        }
        if (byOffender.size() > MAX) {
            Iterator<PublicKey> oldest = byOffender.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    /** For the next block. */
    List<Evidence> all() {
        return List.copyOf(byOffender.values());
    }

    /**
     * Forgets what a block has, and what it could have had and did not take: that convicts nobody
     * any more.
     */
    void built(long height, List<Evidence> offered, List<Evidence> taken) {
        byOffender
                .values()
                .removeIf(evidence ->
                        evidence.height() < height
                                && offered.contains(evidence)
                                && !taken.contains(evidence));
    }

    /** Forgets what is on the chain. */
    void committed(List<Evidence> included) {
        byOffender.values().removeAll(included);
    }
}
