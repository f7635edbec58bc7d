package io.computronium.node.rpc;

import io.computronium.primitives.NodeId;
import io.computronium.primitives.PublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of the node itself. Any thread; immutable answers. */
public interface NodeReads {

    NodeStatus status();

    /** Those connected now. */
    List<PeerView> peers();

    /**
     * @param version of the program
     * @param running false once the node has met a failure that stops it
     * @param syncing it is catching up, so its head is old
     * @param validator null: it has no consensus key
     * @param signatureVerifier name of the implementation
     */
    record NodeStatus(
            String version,
            boolean running,
            boolean syncing,
            @Nullable ValidatorStatus validator,
            StepStatus step,
            String signatureVerifier) {}

    /**
     * @param seated it is in the set that decides the next height
     */
    record ValidatorStatus(PublicKey publicKey, boolean seated) {}

    /**
     * Where consensus is.
     *
     * @param step "new_height", "propose", "prevote" or "precommit"
     */
    record StepStatus(long height, int round, String step) {}

    /**
     * @param address host and port
     * @param height the highest that it announced
     * @param connectedMillis how long it has been connected
     */
    record PeerView(
            NodeId id, String address, boolean inbound, long height, long connectedMillis) {}
}
