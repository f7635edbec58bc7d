package io.computronium.cli.command;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.wallet.Wallet;
import io.computronium.cli.wallet.Wallet.Holder;
import io.computronium.primitives.Principal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command takes that sends a transaction. */
final class WriteOptions {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "ACCOUNT",
            description = "Who sends it: the name or address of a key of yours.")
    private String from = "";

    @Option(
            names = "--wait",
            defaultValue = "final",
            paramLabel = "none|final",
            description = "Return when the pool has it, or when it is final (default).")
    private Confirmation.Wait wait = Confirmation.Wait.FINAL;

    @Option(
            names = "--max-spend",
            paramLabel = "AMOUNT",
            converter = Amount.Converter.class,
            description = "The most coins that may leave the sender, the fee included.")
    private @Nullable Amount maxSpend;

    @Option(
            names = "--fee-payer",
            paramLabel = "ACCOUNT",
            description = "Who pays the fee, if not the sender: a key of yours.")
    private @Nullable String feePayer;

    @ArgGroup private @Nullable Instead instead;

    @Mixin private PasswordOptions passwords = new PasswordOptions();
    @Mixin private ChainOptions chain = new ChainOptions();

    private static final class Instead {
        @Option(
                names = "--dry-run",
                description = "Ask the node what would happen; nothing is signed or sent.")
        private boolean dryRun;

        @Option(
                names = "--sign-only",
                description = "Print the signed transaction, for tx broadcast.")
        private boolean signOnly;
    }

    /** The keys that sign, found. */
    record Signers(Wallet wallet, Holder sender, @Nullable Holder payer) {

        Principal from() {
            return Principal.of(wallet.address(sender));
        }

        @Nullable Principal feePayer() {
            return payer == null ? null : Principal.of(wallet.address(payer));
        }
    }

    /** Finds the keys; asks for no password yet. */
    Signers signers(Wallet wallet) {
        var sender = wallet.holder(from);
        var payer = feePayer == null ? null : wallet.holder(feePayer);
        var signers = new Signers(wallet, sender, payer);
        if (signers.from().equals(signers.feePayer())) {
            throw new Failure(
                    ErrorCode.USAGE,
                    "the sender pays the fee anyway",
                    "leave --fee-payer out, or name another account");
        }
        return signers;
    }

    String from() {
        return from;
    }

    Confirmation.Wait waiting() {
        return wait;
    }

    OptionalLong maxSpend() {
        return maxSpend == null ? OptionalLong.empty() : OptionalLong.of(maxSpend.grains());
    }

    boolean dryRun() {
        return instead != null && instead.dryRun;
    }

    boolean signOnly() {
        return instead != null && instead.signOnly;
    }

    PasswordOptions passwords() {
        return passwords;
    }

    ChainOptions chain() {
        return chain;
    }
}
