package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.codec.StateCodec;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.primitives.state.StateKey;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Shape;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The state as the transactions of one block change it: accounts, records of contracts, and the
 * asset ledger that counts the coin and every token. One journal takes all of it back to a mark.
 */
final class WorkingState implements AccountView {

    private final Journal journal = new Journal();
    private final Ledger accounts;
    private final Records records;
    private final TokenLedger tokens;
    private final CoinSupply supplyBefore;

    /**
     * @param height of the block
     */
    WorkingState(StateReader state, long height) {
        this.accounts = new Ledger(state, journal);
        this.records = new Records(state, journal);
        this.tokens = new TokenLedger(records, height);
        this.supplyBefore = coinSupply();
    }

    Journal journal() {
        return journal;
    }

    Ledger accounts() {
        return accounts;
    }

    Records records() {
        return records;
    }

    TokenLedger tokens() {
        return tokens;
    }

    @Override
    public AccountState account(Principal principal) {
        return accounts.account(principal).state();
    }

    @Override
    public <V> Optional<V> record(Bytes key, Shape<V> shape) {
        return records.find(key, shape);
    }

    /** What {@code holder} may spend. */
    long balance(Asset asset, Principal holder) {
        return switch (asset) {
            case Asset.Coin coin -> accounts.account(holder).spendable();
            case Asset.Token token -> tokens.balance(token, holder);
        };
    }

    long supply(Asset asset) {
        return switch (asset) {
            case Asset.Coin coin -> coinSupply().current();
            case Asset.Token token -> tokens.supply(token);
        };
    }

    /**
     * Moves what {@link #balance} covers.
     *
     * @return by how many bytes the state grows
     */
    long move(Asset asset, Principal from, Principal to, long amount) {
        return switch (asset) {
            case Asset.Coin coin -> {
                accounts.debit(accounts.account(from), amount);
                accounts.credit(accounts.account(to), amount);
                yield 0;
            }
            case Asset.Token token ->
                    tokens.debit(token, from, amount) + tokens.credit(token, to, amount);
        };
    }

    /**
     * Makes {@code amount} new units.
     *
     * @return by how many bytes the state grows
     * @throws ArithmeticException if the supply would leave its range
     */
    long mint(Asset asset, Principal to, long amount) {
        return switch (asset) {
            case Asset.Coin coin -> {
                put(coinSupply().mint(amount));
                accounts.credit(accounts.account(to), amount);
                yield 0;
            }
            case Asset.Token token ->
                    tokens.changeSupply(token, amount) + tokens.credit(token, to, amount);
        };
    }

    /**
     * Destroys what {@link #balance} covers.
     *
     * @return by how many bytes the state grows
     */
    long burn(Asset asset, Principal from, long amount) {
        return switch (asset) {
            case Asset.Coin coin -> {
                accounts.debit(accounts.account(from), amount);
                put(coinSupply().burn(amount));
                yield 0;
            }
            case Asset.Token token ->
                    tokens.debit(token, from, amount) + tokens.changeSupply(token, -amount);
        };
    }

    /** Counts coins as burnt that were taken from payers as fees. */
    void burnFees(long grains) {
        if (grains > 0) {
            put(coinSupply().burn(grains));
        }
    }

    CoinSupply coinSupply() {
        return records.find(
                        StateKey.coinSupply(),
                        bytes -> StateCodec.COIN_SUPPLY.decode(bytes.toArray()))
                .orElseThrow();
    }

    /** Whether balances changed by the coins minted less those burnt: G1. */
    boolean coinsAreConserved() {
        return accounts.balanceDelta() == coinSupply().current() - supplyBefore.current();
    }

    /** Adds what differs from the state before the block. */
    void writeTo(SortedMap<Bytes, Optional<Bytes>> writes) {
        accounts.writeTo(writes);
        records.writeTo(writes);
    }

    private void put(CoinSupply supply) {
        records.put(
                StateKey.coinSupply(), Bytes.owned(StateCodec.COIN_SUPPLY.encode(supply)), supply);
    }
}
