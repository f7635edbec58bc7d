package io.computronium.consensus.simulation;

import io.computronium.primitives.Hash;
import java.util.Arrays;
import java.util.List;

/**
 * The state that the simulated blocks change: accounts that pay each other, each payment once and
 * in order, a reward for the maker of a block, a fee that is burned.
 */
final class Ledger {

    static final int ACCOUNTS = 8;
    private static final long ENDOWMENT = 1_000;
    private static final long REWARD = 10;

    private final long[] balances = new long[ACCOUNTS];
    private final long[] nonces = new long[ACCOUNTS];
    private long minted;
    private long burned;
    private long height;

    /** A payment; {@code nonce} counts those of the payer. */
    record Payment(int from, long nonce, int to, long amount) {}

    Ledger() {
        Arrays.fill(balances, ENDOWMENT);
    }

    Ledger copy() {
        var copy = new Ledger();
        System.arraycopy(balances, 0, copy.balances, 0, ACCOUNTS);
        System.arraycopy(nonces, 0, copy.nonces, 0, ACCOUNTS);
        copy.minted = minted;
        copy.burned = burned;
        copy.height = height;
        return copy;
    }

    /**
     * Executes a block.
     *
     * @return false if it is invalid; this ledger is of no use then
     */
    boolean execute(int maker, List<Payment> payments) {
        height++;
        balances[maker % ACCOUNTS] += REWARD;
        minted += REWARD;
        for (Payment payment : payments) {
            if (payment.nonce() != nonces[payment.from()]) {
                return false;
            }
            nonces[payment.from()]++;
            if (balances[payment.from()] > payment.amount()) {
                balances[payment.from()] -= payment.amount() + 1;
                balances[payment.to()] += payment.amount();
                burned++;
            }
        }
        return true;
    }

    long height() {
        return height;
    }

    long nonce(int account) {
        return nonces[account];
    }

    /** Whether nothing came from nowhere and nothing went. */
    boolean isConserved() {
        return Arrays.stream(balances).sum() == ACCOUNTS * ENDOWMENT + minted - burned;
    }

    Hash root() {
        return World.hash(
                height,
                Arrays.hashCode(balances) * 0x9e3779b97f4a7c15L + Arrays.hashCode(nonces),
                minted * 31 + burned);
    }
}
