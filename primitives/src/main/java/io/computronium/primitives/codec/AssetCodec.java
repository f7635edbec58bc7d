package io.computronium.primitives.codec;

import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toPrincipal;

import io.computronium.primitives.proto.TokenMessage;
import io.computronium.primitives.tx.Asset;
import java.util.Optional;

/** Assets, in messages where no token means the coin. */
final class AssetCodec {

    private AssetCodec() {}

    static Asset.Token token(TokenMessage m) {
        return new Asset.Token(toPrincipal(m.getContract()), m.getName());
    }

    /** Empty for the coin. */
    static Optional<TokenMessage> message(Asset asset) {
        return switch (asset) {
            case Asset.Coin coin -> Optional.empty();
            case Asset.Token token ->
                    Optional.of(
                            TokenMessage.newBuilder()
                                    .setContract(toByteString(token.contract()))
                                    .setName(token.name())
                                    .build());
        };
    }
}
