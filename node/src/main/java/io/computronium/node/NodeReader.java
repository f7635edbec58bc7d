package io.computronium.node;

import io.computronium.consensus.Step;
import io.computronium.node.driver.RoundState;
import io.computronium.node.execution.ExecutionService;
import io.computronium.node.network.PeerDispatch;
import io.computronium.node.rpc.NodeReads;
import io.computronium.node.sync.BlockSynchroniser;
import io.computronium.primitives.PublicKey;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What interfaces read of the node itself. Any thread. */
record NodeReader(
        String version,
        BooleanSupplier running,
        @Nullable PublicKey validatorKey,
        String signatureVerifier,
        ExecutionService execution,
        BlockSynchroniser sync,
        PeerDispatch dispatch,
        Supplier<RoundState> round)
        implements NodeReads {

    @Override
    public NodeStatus status() {
        RoundState at = round.get();
        return new NodeStatus(
                version,
                running.getAsBoolean(),
                sync.isSyncing(),
                validatorKey == null
                        ? null
                        : new ValidatorStatus(validatorKey, isSeated(validatorKey)),
                new StepStatus(at.height(), Math.max(0, at.round()), name(at.step())),
                signatureVerifier);
    }

    private boolean isSeated(PublicKey key) {
        return execution.head().nextValidators().indexOf(key).isPresent();
    }

    private static String name(Step step) {
        return switch (step) {
            case NEW_HEIGHT, DECIDED -> "new_height";
            case PROPOSE -> "propose";
            case PREVOTE -> "prevote";
            case PRECOMMIT -> "precommit";
        };
    }

    @Override
    public List<PeerView> peers() {
        return dispatch.peers();
    }
}
