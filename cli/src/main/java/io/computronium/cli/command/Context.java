package io.computronium.cli.command;

import io.computronium.cli.home.NodeLauncher;
import io.computronium.cli.keystore.Keystore;
import io.computronium.cli.rpc.ChainClient.Chain;
import io.computronium.cli.shell.Shell;
import io.computronium.cli.wallet.Wallet;
import io.computronium.vm.contract.ContractRegistry;
import java.security.SecureRandom;
import java.util.List;

/**
 * What verbs work with.
 *
 * @param scryptN the cost of passwords for new keys
 * @param launcher starts nodes in this process
 * @param self the command line that runs this program, for those in other processes
 * @param contracts those that commands are made for
 */
public record Context(
        Shell shell,
        SecureRandom random,
        int scryptN,
        NodeLauncher launcher,
        List<String> self,
        ContractRegistry contracts) {

    public Context {
        self = List.copyOf(self);
    }

    Keystore keystore() {
        return new Keystore(shell.home().resolve("keys"), scryptN, random);
    }

    Wallet wallet(Chain chain) {
        return new Wallet(keystore(), chain.dev(), chain.versions());
    }
}
