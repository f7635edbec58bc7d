package io.computronium.benchmarks;

import io.computronium.primitives.crypto.SignatureCheck;
import io.computronium.primitives.crypto.batch.BatchVerifier;
import io.computronium.primitives.crypto.batch.Engine;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Batches of several sizes, one thread. An operation is a batch, and its time over its size is to
 * be compared with {@link SingleVerifyBenchmark}. Times are sampled, since on a machine that is
 * shared the least and the median say more than the mean.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class BatchVerifyBenchmark {

    private static final int SENDERS = 1_000;

    /** More than a verifier remembers, so that each comes back as a stranger. */
    private static final int STRANGERS = 40 * 1_024;

    @Param({"VECTOR", "SCALAR"})
    private Engine engine = Engine.SCALAR;

    @Param({"16", "64", "256", "1024"})
    private int size = 16;

    @Param({"true", "false"})
    private boolean knownSenders;

    private BatchVerifier verifier = BatchVerifier.oneByOne();
    private List<SignatureCheck> checks = List.of();
    private int next;

    @Setup
    public void sign() {
        verifier = engine.open(new SecureRandom()).orElseThrow();
        checks = Signed.checks(knownSenders ? SENDERS : STRANGERS, STRANGERS);
    }

    @Benchmark
    public int verify() {
        int good = verifier.verify(checks.subList(next, next + size)).cardinality();
        next = (next + size) % STRANGERS;
        if (good != size) {
            throw new IllegalStateException(good + " of " + size + " are good");
        }
        return good;
    }
}
