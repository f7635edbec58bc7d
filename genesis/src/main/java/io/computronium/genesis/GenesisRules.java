package io.computronium.genesis;

import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.bft.ValidatorSet;
import io.computronium.primitives.block.Header;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.vm.contract.Amounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must be true of each part of a document. Every method finds all faults of its part. */
final class GenesisRules {

    private GenesisRules() {}

    static List<GenesisFault> ofChain(
            String chainId, Network network, boolean dev, long timeMillis) {
        var faults = new Faults("");
        if (!ChainIdentity.isChainId(chainId)) {
            faults.add("chainId", "1 to 32 characters of a-z, 0-9 and '-' expected");
        }
        if (dev && network == Network.MAIN) {
            faults.add("dev", "false expected on the main network");
        }
        if (timeMillis < 0 || timeMillis > Header.MAX_TIME_MILLIS) {
            faults.add("timeMillis", "0 to " + Header.MAX_TIME_MILLIS + " expected");
        }
        return faults.found;
    }

    /** With what will be minted there are never more coins than there may be. */
    static List<GenesisFault> ofSupply(long supply, ChainParameters parameters) {
        var faults = new Faults("");
        if (supply > Coin.MAX_SUPPLY_GRAINS - parameters.economy().totalEmission()) {
            faults.add(
                    "parameters.economy.emission",
                    "with all balances and bonds over " + Coin.MAX_SUPPLY_GRAINS + " grains");
        }
        return faults.found;
    }

    static List<GenesisFault> ofValidators(List<GenesisValidator> validators, Network network) {
        var faults = new Faults("validators");
        if (validators.isEmpty() || validators.size() > GenesisDocument.MAX_VALIDATORS) {
            faults.add("", "1 to " + GenesisDocument.MAX_VALIDATORS + " expected");
            return faults.found;
        }
        var places = new Places(faults);
        long total = 0;
        long bonds = 0;
        for (int i = 0; i < validators.size(); i++) {
            GenesisValidator validator = validators.get(i);
            String at = "[" + i + "].";
            if (!ChainIdentity.isChainId(validator.name())) {
                faults.add(at + "name", "1 to 32 characters of a-z, 0-9 and '-' expected");
            }
            places.once(at + "name", validator.name());
            if (!Ed25519.isValidNodeKey(validator.publicKey())) {
                faults.add(at + "publicKey", "not an Ed25519 key of full order");
            }
            places.once(at + "publicKey", validator.publicKey());
            long left = ValidatorSet.MAX_TOTAL_POWER - total;
            if (validator.power() <= 0 || validator.power() > left) {
                faults.add(at + "power", "1 to 2^60 expected, and so the sum");
            } else {
                total += validator.power();
            }
            faults.addressee(at + "operator", validator.operator(), network);
            places.once(at + "operator", validator.operator());
            if (validator.bond() <= 0 || validator.bond() > Coin.MAX_SUPPLY_GRAINS - bonds) {
                faults.add(
                        at + "bond",
                        "1 to " + Coin.MAX_SUPPLY_GRAINS + " grains expected, and so the sum");
            } else {
                bonds += validator.bond();
            }
            if (validator.commissionBp() < 0 || validator.commissionBp() > Amounts.WHOLE_BP) {
                faults.add(at + "commissionBp", "0 to " + Amounts.WHOLE_BP + " expected");
            }
        }
        return faults.found;
    }

    static List<GenesisFault> ofAccounts(List<GenesisAccount> accounts, Network network) {
        var faults = new Faults("accounts");
        if (accounts.size() > GenesisDocument.MAX_ACCOUNTS) {
            faults.add("", "at most " + GenesisDocument.MAX_ACCOUNTS + " expected");
            return faults.found;
        }
        var places = new Places(faults);
        long supply = 0;
        for (int i = 0; i < accounts.size(); i++) {
            GenesisAccount account = accounts.get(i);
            String at = "[" + i + "].";
            faults.addressee(at + "address", account.principal(), network);
            places.once(at + "address", account.principal());
            if (account.balance() <= 0 || account.balance() > Coin.MAX_SUPPLY_GRAINS - supply) {
                faults.add(
                        at + "balance",
                        "1 to " + Coin.MAX_SUPPLY_GRAINS + " grains expected, and so the sum");
            } else {
                supply += account.balance();
            }
        }
        return faults.found;
    }

    private static final class Faults {
        private final String prefix;
        private final List<GenesisFault> found = new ArrayList<>();

        Faults(String prefix) {
            this.prefix = prefix;
        }

        void add(String path, String message) {
            found.add(new GenesisFault(prefix + path, message));
        }

        void addressee(String path, Principal principal, Network network) {
            if (!network.addresses().admit(principal.address())) {
                add(path, principal + " is not an address of the network " + network.code());
            }
        }
    }

    /** Where each value stood first. */
    private static final class Places {
        private final Faults faults;
        private final Map<Object, String> first = new HashMap<>();

        Places(Faults faults) {
            this.faults = faults;
        }

        void once(String path, Object value) {
            String earlier = first.putIfAbsent(value, faults.prefix + path);
            if (earlier != null) {
                faults.add(path, "the same as " + earlier);
            }
        }
    }
}
