package io.computronium.node.rpc;

import java.time.Duration;

/**
 * What a server bears. Beyond it users are refused.
 *
 * @param maxConnections at once
 * @param maxInFlight requests of one connection that are not answered yet; more are not read
 * @param maxRunning calls that run at once, over all connections
 * @param maxBodyBytes of a request
 * @param maxBodyBytesAtOnce of all requests that are on their way or not answered yet
 * @param maxBatch entries of a batch
 * @param maxBatchCost sum of the costs of a batch
 * @param maxAnswerBytes of a batch; its later entries are refused once the earlier ones have these
 * @param requestTime from the first byte of a request to its last
 * @param idleTime without traffic on a connection
 */
public record RpcLimits(
        int maxConnections,
        int maxInFlight,
        int maxRunning,
        int maxBodyBytes,
        long maxBodyBytesAtOnce,
        int maxBatch,
        int maxBatchCost,
        int maxAnswerBytes,
        Duration requestTime,
        Duration idleTime) {

    public static final RpcLimits DEFAULT =
            new RpcLimits(
                    900,
                    16,
                    4_096,
                    1 << 20,
                    64 << 20,
                    50,
                    1_000,
                    16 << 20,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60));
}
