package io.computronium.genesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.computronium.consensus.ConsensusParameters;
import io.computronium.genesis.codec.GenesisCodec;
import io.computronium.primitives.Coin;
import io.computronium.vm.GenesisState;
import io.computronium.vm.SeatsOfState;
import io.computronium.vm.StateReader;
import io.computronium.vm.builtin.Seat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DevnetTest {

    /** Wallets in other languages derive the same keys. */
    @Test
    void keysFollowFromNames() {
        assertEquals(
                "7f3aa1fd65ee1b736c2f73d60cc8ff6e7744fa95263f7aaa24d71514438515a0",
                Devnet.key("alice").publicKey().toHex());
        assertEquals(
                "SD24S6M94NJP533KMDPGCTGACRHAXXKJPKTZRFGK4", Devnet.account("alice").toString());
        assertNotEquals(Devnet.account("alice"), Devnet.account("bob"));
    }

    @Test
    void namedAccountsAndOperatorsHaveCoins() {
        GenesisDocument genesis = Devnet.genesis(4, 0);
        assertEquals(4, genesis.validatorSet().size());
        assertEquals(4, genesis.validatorSet().totalPower());
        long cptm = 9 * 10_000_000L + 4 * 100_000L;
        assertEquals(cptm * Coin.GRAINS_PER_CPTM, genesis.supply());
        var holders = genesis.accounts().stream().map(GenesisAccount::principal).toList();
        assertEquals(
                Stream.of(
                                "alice",
                                "bob",
                                "carol",
                                "dave",
                                "faucet",
                                "operator-1",
                                "operator-2",
                                "operator-3",
                                "operator-4")
                        .map(Devnet::account)
                        .toList(),
                holders);
        assertEquals(Devnet.account("operator-2"), genesis.validators().get(1).operator());
    }

    @Test
    void stateFollowsFromTheDocument() {
        GenesisDocument genesis = Devnet.genesis(4, 0);
        var writes =
                GenesisState.writes(
                        genesis.rules(GenesisCodec.identityOf(genesis)), genesis.content());
        StateReader state = key -> writes.getOrDefault(key, Optional.empty());
        List<Seat> seats = SeatsOfState.next(state);
        assertEquals(genesis.validatorSet(), Seat.set(seats));
        assertEquals(seats, SeatsOfState.ofEpochBefore(state));
        for (var seat : seats) {
            assertEquals(GenesisValidator.DEFAULT_BOND, seat.stake());
        }
    }

    @ParameterizedTest
    @EnumSource
    void presetsDifferWhereTheyShould(NetworkPreset preset) {
        ChainParameters parameters = preset.parameters();
        assertEquals(preset == NetworkPreset.DEVNET, preset.dev());
        assertEquals(preset == NetworkPreset.MAINNET, preset.network() == Network.MAIN);
        assertEquals(
                preset == NetworkPreset.DEVNET ? 60 : 600, parameters.consensus().epochLength());
        assertEquals(
                ConsensusParameters.DEFAULT.intervalMillis(),
                parameters.consensus().intervalMillis());
        assertEquals(300_000_000, parameters.execution().blockGasLimit());
        assertEquals(
                preset == NetworkPreset.DEVNET ? 3_600 : 1_814_400,
                parameters.staking().unbondingBlocks());
    }
}
