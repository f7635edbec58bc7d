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
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an account wants done, as typed.
 *
 * @param payer who pays the fee, null for the sender
 * @param coins grains that may leave the sender by what was typed, without the fee
 * @param tokens other things that may leave it
 * @param spendsToLimit whether, where {@code maxSpend} is given, all of it but the fee may leave
 *     the sender: contracts ask for more than what was typed, such as a service fee
 * @param memo at most 64 bytes
 * @param maxSpend the most grains that may leave the sender, its fee included
 */
public record Order(
        Principal from,
        @Nullable Principal payer,
        List<Call> calls,
        long coins,
        List<PostCondition> tokens,
        boolean spendsToLimit,
        Bytes memo,
        OptionalLong maxSpend) {

    public Order {
        calls = List.copyOf(calls);
        tokens = List.copyOf(tokens);
    }

    /**
     * Coins for somebody.
     *
     * @param amount grains, over 0
     */
    public static Order transfer(
            Principal from,
            Principal to,
            @Nullable Principal payer,
            long amount,
            Bytes memo,
            OptionalLong maxSpend) {
        var call = new Call.Transfer(to, amount, null);
        return new Order(from, payer, List.of(call), amount, List.of(), false, memo, maxSpend);
    }

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
     * @param gasLimit enough for the calls
     * @throws Failure if {@code maxSpend} does not cover {@code coins} and fee
     */
    public TransactionBody body(Chain chain, long sequence, long gasLimit) {
        long price = price(chain.baseFee(), gasLimit);
        return new TransactionBody(
                TransactionBody.VERSION,
                chain.identity().chainId(),
                from,
                0,
                sequence,
                Math.addExact(chain.height(), PATIENCE),
                gasLimit,
                price,
                TIP,
                payer,
                calls,
                conditions(payer == null ? fee(gasLimit, price) : 0),
                PostConditionMode.DENY,
                memo);
    }

    /** The most that {@code body} may cost its payer, in grains. */
    public static long maximumFee(TransactionBody body) {
        return fee(body.gasLimit(), body.maxFeePerKilogas());
    }

    private static long fee(long gasLimit, long price) {
        return Math.ceilDiv(Math.multiplyExact(gasLimit, price), KILOGAS);
    }

    /** What may leave the sender; in the mode that denies, everything else may not. */
    private List<PostCondition> conditions(long ownFee) {
        long limit = spendsToLimit && maxSpend.isPresent() ? maxSpend.getAsLong() - ownFee : coins;
        if (limit == 0) {
            return tokens;
        }
        var conditions = new ArrayList<PostCondition>();
        conditions.add(
                new PostCondition.Sent(
                        from, Asset.COIN, PostCondition.Comparison.AT_MOST, Uint128.of(limit)));
        conditions.addAll(tokens);
        return conditions;
    }

    private long price(long baseFee, long gasLimit) {
        long usual = Math.addExact(Math.multiplyExact(2, baseFee), TIP);
        if (maxSpend.isEmpty()) {
            return usual;
        }
        long rest = maxSpend.getAsLong() - coins;
        if (payer != null && rest >= 0) {
            return usual;
        }
        long affordable = rest < 0 ? -1 : Math.multiplyExact(rest, KILOGAS) / gasLimit;
        long least = Math.addExact(baseFee, TIP);
        if (affordable < least) {
            long needed = coins + (payer == null ? fee(gasLimit, least) : 0);
            throw new Failure(
                            ErrorCode.MAX_SPEND,
                            "this may cost " + Coin.format(needed) + ", more than --max-spend",
                            "raise --max-spend or send less; nothing was sent")
                    .with("needed", Long.toString(needed));
        }
        return Math.min(usual, affordable);
    }
}
