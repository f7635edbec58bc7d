package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.keystore.Keystore;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.cli.wallet.Wallet;
import io.computronium.primitives.AddressVersions;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.crypto.Hash160;
import io.computronium.primitives.crypto.KeyPair;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keys of this user, in {@code keys} under {@code CPTM_HOME}. No chain is asked. */
@Command(
        name = "key",
        description = "Make and list your keys.",
        footerHeading = "%nExample:%n",
        footer = "  cptm key new me",
        subcommands = {KeyCommand.New.class, KeyCommand.ListAll.class, KeyCommand.Show.class})
final class KeyCommand {

    @Command(
            name = "new",
            description = "Make a key and store it encrypted.",
            footerHeading = "%nExample:%n",
            footer = "  cptm key new me")
    static final class New implements Verb {
        @Parameters(paramLabel = "NAME", description = "What you will call it.")
        private String name = "";

        @Mixin private PasswordOptions passwords = new PasswordOptions();

        @Override
        public Outcome run(Context context) {
            if (Wallet.isDevName(name)) {
                throw new Failure(
                        ErrorCode.KEY_NAME,
                        name + " is the name of a key that every devnet has",
                        "choose another name");
            }
            var keystore = context.keystore();
            keystore.requireNew(name);
            var password = passwords.newPassword(context.shell(), name);
            var key = KeyPair.generate(context.random());
            try {
                var entry = keystore.store(name, key, password);
                return new Outcome.Done(
                        Report.offline(data(entry), sheet(entry))
                                .warning("without its password a key is lost; keep both safe"));
            } finally {
                key.destroy();
                Arrays.fill(password, '\0');
            }
        }
    }

    @Command(
            name = "list",
            description = "List your keys.",
            footerHeading = "%nExample:%n",
            footer = "  cptm key list")
    static final class ListAll implements Verb {
        @Override
        public Outcome run(Context context) {
            var entries = context.keystore().list();
            var data = JsonNodeFactory.instance.objectNode();
            var array = data.putArray("keys");
            entries.forEach(entry -> array.add(data(entry)));
            var sheet =
                    entries.isEmpty()
                            ? new Sheet().line("no keys yet; cptm key new <name> makes one")
                            : new Sheet().table(List.of("name", "address"), rows(entries));
            return new Outcome.Done(Report.offline(data, sheet));
        }

        private static List<List<String>> rows(List<Keystore.Entry> entries) {
            return entries.stream()
                    .map(entry ->
                            List.of(
                                    entry.name(),
                                    address(AddressVersions.TESTNET, entry.publicKey())))
                    .toList();
        }
    }

    @Command(
            name = "show",
            description = "Show the addresses of a key.",
            footerHeading = "%nExample:%n",
            footer = "  cptm key show me")
    static final class Show implements Verb {
        @Parameters(paramLabel = "NAME", description = "What you called it.")
        private String name = "";

        @Override
        public Outcome run(Context context) {
            var entry =
                    context.keystore()
                            .find(name)
                            .orElseThrow(() ->
                                    new Failure(
                                            ErrorCode.KEY_UNKNOWN,
                                            "there is no key named " + name,
                                            "cptm key list shows those there are"));
            return new Outcome.Done(Report.offline(data(entry), sheet(entry)));
        }
    }

    private static ObjectNode data(Keystore.Entry entry) {
        var data =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", entry.name())
                        .put("publicKey", entry.publicKey().toHex())
                        .put("path", entry.path())
                        .put("file", entry.file().toString());
        data.putObject("addresses")
                .put("mainnet", address(AddressVersions.MAINNET, entry.publicKey()))
                .put("testnet", address(AddressVersions.TESTNET, entry.publicKey()));
        return data;
    }

    private static Sheet sheet(Keystore.Entry entry) {
        return new Sheet()
                .row("name", entry.name())
                .row("address", address(AddressVersions.TESTNET, entry.publicKey()))
                .row("on mainnet", address(AddressVersions.MAINNET, entry.publicKey()))
                .row("public key", entry.publicKey().toHex())
                .row("file", entry.file().toString());
    }

    private static String address(AddressVersions network, PublicKey key) {
        return Hash160.address(network.key(), key).toString();
    }
}
