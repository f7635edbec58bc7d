package io.computronium.benchmarks;

import io.computronium.primitives.crypto.SignatureCheck;
import io.computronium.primitives.crypto.batch.BatchVerifier;
import io.computronium.primitives.crypto.batch.Engine;
import java.security.SecureRandom;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A signature in batches of several sizes, one thread. An operation is a signature; {@link
 * SingleVerifyBenchmark} is what to compare with.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class BatchVerifyBenchmark {

    private static final int INVOCATION = 1_024;
    private static final int SENDERS = 1_000;

    /** More than a verifier remembers, so that each comes back as a stranger. */
    private static final int STRANGERS = 40 * INVOCATION;

    @Param({"VECTOR", "SCALAR"})
    private Engine engine = Engine.SCALAR;

    @Param({"16", "64", "256", "1024"})
    private int size = 1;

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
    @OperationsPerInvocation(INVOCATION)
    public int verify() {
        int good = 0;
        for (int end = next + INVOCATION; next < end; next += size) {
            BitSet verdicts = verifier.verify(checks.subList(next, next + size));
            good += verdicts.cardinality();
        }
        next %= STRANGERS;
        if (good != INVOCATION) {
            throw new IllegalStateException(good + " of " + INVOCATION + " are good");
        }
        return good;
    }
}
