package io.computronium.cli.wallet;

import io.computronium.cli.rpc.ChainClient.Chain;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.Call;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.PostConditionMode;
import io.computronium.primitives.tx.TransactionBody;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Coins for somebody, as typed.
 *
 * @param payer who pays the fee, null for the sender
 * @param amount grains, over 0
 * @param memo at most 64 bytes
 * @param maxSpend the most grains that may leave the sender, its fee included
 */
public record Payment(
        Principal from,
        Principal to,
        @Nullable Principal payer,
        long amount,
        Bytes memo,
        OptionalLong maxSpend) {

    /** How many blocks a transaction may wait. */
    private static final long PATIENCE = 60;

    /**
     * What the proposer gets for 1,000 gas. It is not zero, so that a second payment that took the
     * sequence of one that still waits is refused: a pool replaces only for a tenth more.
     */
    private static final long TIP = 1;

    private static final long KILOGAS = 1_000;

    /**
     * The body to sign. It may cost twice the present base fee, since that can rise while it waits.
     *
     * @param gasLimit enough for one transfer
     * @throws Failure if {@code maxSpend} does not cover amount and fee
     */
    public TransactionBody body(Chain chain, long sequence, long gasLimit) {
        return new TransactionBody(
                TransactionBody.VERSION,
                chain.identity().chainId(),
                from,
                0,
                sequence,
                Math.addExact(chain.height(), PATIENCE),
                gasLimit,
                price(chain.baseFee(), gasLimit),
                TIP,
                payer,
                List.of(new Call.Transfer(to, amount, null)),
                List.of(
                        new PostCondition.Sent(
                                from,
                                Asset.COIN,
                                PostCondition.Comparison.AT_MOST,
                                Uint128.of(amount))),
                PostConditionMode.DENY,
                memo);
    }

    /** The most that {@code body} may cost its payer, in grains. */
    public static long maximumFee(TransactionBody body) {
        return Math.ceilDiv(Math.multiplyExact(body.gasLimit(), body.maxFeePerKilogas()), KILOGAS);
    }

    private long price(long baseFee, long gasLimit) {
        long usual = Math.addExact(Math.multiplyExact(2, baseFee), TIP);
        if (maxSpend.isEmpty()) {
            return usual;
        }
        long rest = maxSpend.getAsLong() - amount;
        if (payer != null && rest >= 0) {
            return usual;
        }
        long affordable = rest < 0 ? -1 : Math.multiplyExact(rest, KILOGAS) / gasLimit;
        long least = Math.addExact(baseFee, TIP);
        if (affordable < least) {
            long needed =
                    amount
                            + (payer == null
                                    ? Math.ceilDiv(Math.multiplyExact(least, gasLimit), KILOGAS)
                                    : 0);
            throw new Failure(
                            ErrorCode.MAX_SPEND,
                            "this may cost " + Coin.format(needed) + ", more than --max-spend",
                            "raise --max-spend or send less; nothing was sent")
                    .with("needed", Long.toString(needed));
        }
        return Math.min(usual, affordable);
    }
}
