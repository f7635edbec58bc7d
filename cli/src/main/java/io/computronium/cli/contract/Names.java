package io.computronium.cli.contract;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.wallet.Wallet;
import io.computronium.primitives.Address;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.vm.contract.ContractRegistry;
import java.util.Optional;

/**
 * What names mean in arguments: addresses, keys of the wallet, built-in contracts, and instances
 * under somebody's account.
 *
 * @param from whose instances go by their name alone, if there is one
 */
public record Names(
        Wallet wallet,
        ContractRegistry contracts,
        AddressVersions network,
        Optional<Principal> from) {

    /**
     * An account or a contract: an address, the name of a key, {@code alice.acme}, or the name of a
     * built-in contract.
     *
     * @throws Failure if nothing goes by {@code text}
     */
    public Principal principal(String text) {
        int dot = text.indexOf('.');
        if (dot > 0 && wallet.isName(text.substring(0, dot))) {
            return instance(
                    wallet.principal(text.substring(0, dot)).address(), text.substring(dot + 1));
        }
        if (contracts.find(text).isPresent() && !wallet.isName(text)) {
            return builtIn(text);
        }
        return wallet.principal(text);
    }

    /**
     * A contract to call, as {@link #principal}; and {@code acme} means {@code <from>.acme}.
     *
     * @throws Failure if it is none
     */
    public Principal contract(String text) {
        if (contracts.find(text).isPresent()) {
            return builtIn(text);
        }
        return instance(text);
    }

    /** An instance of a template: as {@link #contract}, but never a built-in contract itself. */
    public Principal instance(String text) {
        if (Principal.isContractName(text) && text.length() < 20) {
            var owner =
                    from.orElseThrow(() ->
                            new Failure(
                                    ErrorCode.USAGE,
                                    "whose '" + text + "' is not said",
                                    "write it like alice."
                                            + text
                                            + ", or name the owner by --from"));
            return instance(owner.address(), text);
        }
        var found = principal(text);
        if (!found.isContract()) {
            throw new Failure(
                    ErrorCode.USAGE,
                    "that is an account and not a contract",
                    "write a contract like alice.acme or address.name");
        }
        return found;
    }

    /** The singleton or template itself. */
    public Principal builtIn(String name) {
        return Principal.of(network.systemAccount(), name);
    }

    /** The key that goes by a name in the wallet. */
    Optional<PublicKey> key(String text) {
        return wallet.isName(text)
                ? Optional.of(wallet.holder(text).publicKey())
                : Optional.empty();
    }

    private static Principal instance(Address owner, String name) {
        if (!Principal.isContractName(name)) {
            throw new Failure(
                    ErrorCode.USAGE,
                    "'"
                            + (name.length() > 60 ? name.substring(0, 60) + "…" : name)
                            + "' cannot be the name of a contract",
                    "a name is a letter and up to 39 letters, digits, - and _");
        }
        return Principal.of(owner, name);
    }
}
