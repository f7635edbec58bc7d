package io.computronium.genesis.codec;

import static io.computronium.primitives.codec.WireValues.require;
import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;
import static io.computronium.primitives.codec.WireValues.toPrincipal;
import static io.computronium.primitives.codec.WireValues.toPublicKey;

import io.computronium.genesis.ChainParameters;
import io.computronium.genesis.GenesisAccount;
import io.computronium.genesis.GenesisDocument;
import io.computronium.genesis.GenesisValidator;
import io.computronium.genesis.InvalidGenesisException;
import io.computronium.genesis.Network;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.codec.CanonicalCodec;
import io.computronium.primitives.codec.Codec;
import io.computronium.primitives.crypto.Domain;
import io.computronium.primitives.crypto.Sha256;
import io.computronium.primitives.proto.ChainParametersMessage;
import io.computronium.primitives.proto.GenesisAccountMessage;
import io.computronium.primitives.proto.GenesisMessage;
import io.computronium.primitives.proto.GenesisValidatorMessage;
import io.computronium.primitives.proto.NetworkMessage;

/**
 * Genesis documents and chain parameters as bytes. The hash of a document depends on what it says
 * and not on how its JSON is written.
 */
public final class GenesisCodec {

    private static final int VERSION = 1;
    private static final int ED25519 = 0;

    public static final Codec<GenesisDocument> DOCUMENT =
            CanonicalCodec.of(
                    GenesisMessage.getDefaultInstance(),
                    8 << 20,
                    GenesisCodec::document,
                    GenesisCodec::message);

    public static final Codec<ChainParameters> PARAMETERS =
            CanonicalCodec.of(
                    ChainParametersMessage.getDefaultInstance(),
                    1 << 11,
                    ParametersMessages::parameters,
                    ParametersMessages::message);

    private GenesisCodec() {}

    /** The genesis hash, which is in everything that is signed. */
    public static Hash hashOf(GenesisDocument document) {
        return Sha256.hash(Domain.GENESIS, DOCUMENT.encode(document));
    }

    /** What headers call {@code parametersHash}. */
    public static Hash hashOf(ChainParameters parameters) {
        return Sha256.hash(Domain.PARAMETERS, PARAMETERS.encode(parameters));
    }

    public static ChainIdentity identityOf(GenesisDocument document) {
        return new ChainIdentity(document.chainId(), hashOf(document));
    }

    private static GenesisDocument document(GenesisMessage m) {
        MalformedDataException.unless(m.getVersion() == VERSION, "genesis.version: 1 expected");
        require(m.hasParameters(), "genesis.parameters");
        try {
            return new GenesisDocument(
                    m.getChainId(),
                    network(m.getNetwork()),
                    m.getDev(),
                    toLong(m.getTimeMillis(), "genesis.timeMillis"),
                    ParametersMessages.parameters(m.getParameters()),
                    m.getValidatorsList().stream().map(GenesisCodec::validator).toList(),
                    m.getAccountsList().stream().map(GenesisCodec::account).toList());
        } catch (InvalidGenesisException e) {
            throw new MalformedDataException(String.valueOf(e.getMessage()), e);
        }
    }

    private static GenesisMessage message(GenesisDocument document) {
        var m =
                GenesisMessage.newBuilder()
                        .setVersion(VERSION)
                        .setChainId(document.chainId())
                        .setNetwork(message(document.network()))
                        .setDev(document.dev())
                        .setTimeMillis(document.timeMillis())
                        .setParameters(ParametersMessages.message(document.parameters()));
        document.validators().forEach(validator -> m.addValidators(message(validator)));
        document.accounts().forEach(account -> m.addAccounts(message(account)));
        return m.build();
    }

    private static Network network(NetworkMessage m) {
        return switch (m) {
            case NETWORK_MAIN -> Network.MAIN;
            case NETWORK_TEST -> Network.TEST;
            case NETWORK_UNSPECIFIED, UNRECOGNIZED ->
                    throw new MalformedDataException("genesis.network: unknown");
        };
    }

    private static NetworkMessage message(Network network) {
        return switch (network) {
            case MAIN -> NetworkMessage.NETWORK_MAIN;
            case TEST -> NetworkMessage.NETWORK_TEST;
        };
    }

    private static GenesisValidator validator(GenesisValidatorMessage m) {
        MalformedDataException.unless(
                m.getKeyKind() == ED25519, "genesis.validator.keyKind: unknown");
        return new GenesisValidator(
                m.getName(),
                toPublicKey(m.getPublicKey()),
                toLong(m.getPower(), "genesis.validator.power"),
                toPrincipal(m.getOperator()),
                toLong(m.getBond(), "genesis.validator.bond"),
                toInt(m.getCommissionBp(), "genesis.validator.commissionBp"));
    }

    private static GenesisValidatorMessage message(GenesisValidator validator) {
        return GenesisValidatorMessage.newBuilder()
                .setName(validator.name())
                .setKeyKind(ED25519)
                .setPublicKey(toByteString(validator.publicKey()))
                .setPower(validator.power())
                .setOperator(toByteString(validator.operator()))
                .setBond(validator.bond())
                .setCommissionBp(validator.commissionBp())
                .build();
    }

    private static GenesisAccount account(GenesisAccountMessage m) {
        return new GenesisAccount(
                toPrincipal(m.getPrincipal()), toLong(m.getBalance(), "genesis.account.balance"));
    }

    private static GenesisAccountMessage message(GenesisAccount account) {
        return GenesisAccountMessage.newBuilder()
                .setPrincipal(toByteString(account.principal()))
                .setBalance(account.balance())
                .build();
    }
}
