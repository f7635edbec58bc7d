package io.computronium.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.cli.home.GenesisFile;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.cli.shell.Outcome;
import io.computronium.cli.shell.Report;
import io.computronium.cli.shell.Sheet;
import io.computronium.genesis.GenesisAccount;
import io.computronium.genesis.GenesisDocument;
import io.computronium.genesis.GenesisJson;
import io.computronium.genesis.GenesisValidator;
import io.computronium.genesis.InvalidGenesisException;
import io.computronium.genesis.NetworkPreset;
import io.computronium.genesis.codec.GenesisCodec;
import io.computronium.primitives.Coin;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Genesis documents: how chains start. */
@Command(
        name = "genesis",
        description = "Write and check genesis documents.",
        footerHeading = "%nExample:%n",
        footer = "  cptm genesis validate genesis.json",
        subcommands = {
            GenesisCommand.New.class,
            GenesisCommand.Validate.class,
            GenesisCommand.Show.class
        })
final class GenesisCommand {

    @Command(
            name = "new",
            description = "Write the genesis document of a new chain.",
            footerHeading = "%nExample:%n",
            footer = {
                "  cptm genesis new --network testnet --chain-id my-net --out genesis.json \\",
                "      --validator one="
                        + "7d4d0e7f6153a69b6242b522abbee685fda4420f8834b108c3bdae369ef549fa"
                        + "@SD000000000000000000003EFWXZ \\",
                "      --account SD000000000000000000003EFWXZ=1000cptm"
            })
    static final class New implements Verb {
        @Option(
                names = "--network",
                required = true,
                paramLabel = "devnet|testnet|mainnet",
                converter = PresetConverter.class,
                description = "Whose parameters and addresses the chain has.")
        private NetworkPreset preset = NetworkPreset.TESTNET;

        @Option(
                names = "--chain-id",
                paramLabel = "ID",
                description = "1 to 32 characters of a-z, 0-9 and '-'. Default: the network's.")
        private @Nullable String chainId;

        @Option(
                names = "--time",
                paramLabel = "MILLIS",
                description = "When it starts, in milliseconds since 1970. Default: now.")
        private @Nullable Long timeMillis;

        @Option(
                names = "--validator",
                required = true,
                paramLabel = "NAME=KEY@OPERATOR[:POWER]",
                converter = ValidatorConverter.class,
                description =
                        "A validator, its key in hex and its operator, who has 100,000 CPTM at"
                                + " stake. Repeatable.")
        private List<GenesisValidator> validators = List.of();

        @Option(
                names = "--account",
                paramLabel = "ADDRESS=AMOUNT",
                converter = AccountConverter.class,
                description = "Coins that exist from the start. Repeatable.")
        private List<GenesisAccount> accounts = List.of();

        @Option(
                names = "--out",
                required = true,
                paramLabel = "FILE",
                description = "Where to write it; never over an existing file.")
        private Path out = Path.of("genesis.json");

        @Override
        public Outcome run(Context context) {
            try {
                var document =
                        new GenesisDocument(
                                chainId == null ? preset.chainId() : chainId,
                                preset.network(),
                                preset.dev(),
                                timeMillis == null ? context.shell().clock().millis() : timeMillis,
                                preset.parameters(),
                                validators,
                                accounts);
                Files.write(out, GenesisJson.write(document), StandardOpenOption.CREATE_NEW);
                var sheet = Sheet.of("wrote " + out);
                return new Outcome.Done(Report.offline(data(document), rows(sheet, document)));
            } catch (InvalidGenesisException e) {
                throw GenesisFile.faulty("this", e);
            } catch (IOException e) {
                throw new Failure(
                        ErrorCode.IO,
                        "cannot write " + out + ": " + e,
                        "choose a new file in a folder that exists",
                        e);
            }
        }
    }

    @Command(
            name = "validate",
            description = "Check a genesis document and list everything that is wrong with it.",
            footerHeading = "%nExample:%n",
            footer = "  cptm genesis validate genesis.json")
    static final class Validate implements Verb {
        @Parameters(paramLabel = "FILE", description = "The document.")
        private Path file = Path.of("genesis.json");

        @Override
        public Outcome run(Context context) {
            var document = GenesisFile.read(file);
            var data = data(document).put("valid", true);
            var sheet = Sheet.of("valid: genesis of " + document.chainId());
            return new Outcome.Done(Report.offline(data, sheet));
        }
    }

    @Command(
            name = "show",
            description = "Show what a genesis document says.",
            footerHeading = "%nExample:%n",
            footer = "  cptm genesis show genesis.json")
    static final class Show implements Verb {
        @Parameters(paramLabel = "FILE", description = "The document.")
        private Path file = Path.of("genesis.json");

        @Override
        public Outcome run(Context context) {
            var document = GenesisFile.read(file);
            var sheet = rows(new Sheet(), document);
            sheet.table(
                    List.of("validator", "power", "key"),
                    document.validators().stream()
                            .map(validator ->
                                    List.of(
                                            validator.name(),
                                            Long.toString(validator.power()),
                                            validator.publicKey().toHex()))
                            .toList());
            return new Outcome.Done(Report.offline(data(document), sheet));
        }
    }

    private static ObjectNode data(GenesisDocument document) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("chainId", document.chainId())
                .put("genesisHash", GenesisCodec.hashOf(document).toHex())
                .put("network", document.network().code())
                .put("dev", document.dev())
                .put("timeMillis", Long.toString(document.timeMillis()))
                .put("validators", document.validators().size())
                .put("accounts", document.accounts().size())
                .put("supply", Long.toString(document.supply()));
    }

    private static Sheet rows(Sheet sheet, GenesisDocument document) {
        return sheet.row("chain", document.chainId())
                .row("genesis hash", GenesisCodec.hashOf(document).toHex())
                .row("time", Words.time(document.timeMillis()))
                .row("validators", Integer.toString(document.validators().size()))
                .row("accounts", Integer.toString(document.accounts().size()))
                .row("supply", Coin.format(document.supply()));
    }

    /** {@code devnet}, {@code testnet} or {@code mainnet}. */
    static final class PresetConverter implements ITypeConverter<NetworkPreset> {
        @Override
        public NetworkPreset convert(String text) {
            for (var preset : NetworkPreset.values()) {
                if (preset.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return preset;
                }
            }
            throw new TypeConversionException("the networks are devnet, testnet and mainnet");
        }
    }

    /** {@code name=key@operator:power}. */
    static final class ValidatorConverter implements ITypeConverter<GenesisValidator> {
        @Override
        public GenesisValidator convert(String text) {
            int equals = text.indexOf('=');
            int at = text.indexOf('@', equals + 1);
            int colon = text.indexOf(':', at + 1);
            if (equals < 0 || at < 0) {
                throw new TypeConversionException(
                        "a validator is written NAME=KEY@OPERATOR or NAME=KEY@OPERATOR:POWER");
            }
            var operator = text.substring(at + 1, colon < 0 ? text.length() : colon);
            try {
                return new GenesisValidator(
                        text.substring(0, equals),
                        PublicKey.ofHex(text.substring(equals + 1, at)),
                        colon < 0 ? 1 : Long.parseLong(text.substring(colon + 1)),
                        Principal.parse(operator),
                        GenesisValidator.DEFAULT_BOND,
                        GenesisValidator.DEFAULT_COMMISSION_BP);
            } catch (MalformedDataException | NumberFormatException e) {
                throw new TypeConversionException("validator " + text + ": " + e.getMessage());
            }
        }
    }

    /** {@code address=amount}. */
    static final class AccountConverter implements ITypeConverter<GenesisAccount> {
        @Override
        public GenesisAccount convert(String text) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new TypeConversionException("an account is written ADDRESS=AMOUNT");
            }
            try {
                return new GenesisAccount(
                        Principal.parse(text.substring(0, equals)),
                        Coin.parse(text.substring(equals + 1)));
            } catch (MalformedDataException | IllegalArgumentException e) {
                throw new TypeConversionException("account " + text + ": " + e.getMessage());
            }
        }
    }
}
