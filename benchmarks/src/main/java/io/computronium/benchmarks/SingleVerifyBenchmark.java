package io.computronium.benchmarks;

import io.computronium.primitives.crypto.SignatureCheck;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A signature alone, by BouncyCastle, one thread: the reference of {@link BatchVerifyBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SingleVerifyBenchmark {

    private static final int SIGNATURES = 1_024;

    private List<SignatureCheck> checks = List.of();
    private int next;

    @Setup
    public void sign() {
        checks = Signed.checks(SIGNATURES, SIGNATURES);
    }

    @Benchmark
    public boolean verify() {
        next = (next + 1) % SIGNATURES;
        return checks.get(next).verify();
    }
}
