package io.computronium.node.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * The meters of one node. Recording is cheap and may be done on any thread; what is watched is
 * asked when the page is read, on the thread that reads it.
 */
public final class NodeMetrics implements AutoCloseable {

    /** The type of the page that {@link #scrape} makes. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final Timer verify;
    private final DistributionSummary batch;
    private final Timer build;
    private final Timer execute;
    private final Timer commit;
    private final DistributionSummary fill;
    private final DistributionSummary rounds;
    private final Counter transactions;
    private final Counter failures;

    /**
     * @param node its name, a label of every meter
     */
    public NodeMetrics(String node) {
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().commonTags("node", node);
        garbageCollection.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        verify = timer("cptm.verify.batch", "Verifying a batch of signatures");
        batch = summary("cptm.verify.batch.signatures", "Signatures verified together");
        build = timer("cptm.block.build", "Building a block to propose");
        execute = timer("cptm.block.execute", "Executing a block");
        commit = timer("cptm.block.commit", "Making a decided block durable");
        fill = summary("cptm.block.fill", "Gas used of the gas that a block may use, 0 to 1");
        rounds = summary("cptm.consensus.rounds", "Rounds that a height took, from 1");
        transactions = counter("cptm.transactions", "Transactions committed");
        failures = counter("cptm.transactions.failed", "Committed transactions that failed");
    }

    /** For parts that bring meters of their own. */
    public MeterRegistry registry() {
        return registry;
    }

    /** The page for Prometheus. */
    public String scrape() {
        return registry.scrape();
    }

    /**
     * Shows a number that exists anyway.
     *
     * @param name with dots, after {@code cptm}
     * @param tags keys and values in turn
     */
    public void watch(String name, String description, DoubleSupplier value, String... tags) {
        Gauge.builder("cptm." + name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .tags(Tags.of(tags))
                .strongReference(true)
                .register(registry);
    }

    public void batchVerified(int signatures, long nanos) {
        batch.record(signatures);
        verify.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** What became of a transaction that asked to be let in; {@code outcome} is a stable code. */
    public void admitted(String outcome) {
        registry.counter("cptm.admissions", "outcome", outcome).increment();
    }

    public void blockBuilt(long nanos) {
        build.record(nanos, TimeUnit.NANOSECONDS);
    }

    public void blockExecuted(long nanos) {
        execute.record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * @param round that decided, from 0
     * @param failed of the transactions
     */
    public void blockCommitted(
            int included, int failed, long gasUsed, long gasLimit, int round, long nanos) {
        commit.record(nanos, TimeUnit.NANOSECONDS);
        transactions.increment(included);
        failures.increment(failed);
        fill.record(gasLimit == 0 ? 0 : (double) gasUsed / gasLimit);
        rounds.record(round + 1.0);
    }

    /** A seat whose precommit is not in the certificate. */
    public void slotMissed(String validator) {
        registry.counter("cptm.validator.missed.slots", "validator", validator).increment();
    }

    /**
     * @param method "unknown" if there is no such one, so that callers cannot invent labels
     * @param code 0 or the error's
     */
    public void rpcAnswered(String method, int code, long nanos) {
        registry.timer("cptm.rpc", "method", method, "code", Integer.toString(code))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(100_000))
                .maximumExpectedValue(Duration.ofSeconds(5))
                .register(registry);
    }

    private DistributionSummary summary(String name, String description) {
        return DistributionSummary.builder(name).description(description).register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
