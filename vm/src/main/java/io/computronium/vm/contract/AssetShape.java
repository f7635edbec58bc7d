package io.computronium.vm.contract;

import io.computronium.primitives.tx.Asset;
import java.util.Optional;

/** Assets as values: {@code none} is the coin, else the contract and the name of a token. */
public final class AssetShape {

    private static final RecordShape<Asset.Token> TOKEN =
            RecordShape.of(
                    in -> new Asset.Token(in.next(), in.next()),
                    RecordShape.field("contract", Shape.PRINCIPAL, Asset.Token::contract),
                    RecordShape.field("name", Shape.ascii(128), Asset.Token::name));

    public static final Shape<Asset> ASSET =
            Shape.optional(TOKEN)
                    .map(
                            token -> token.<Asset>map(t -> t).orElse(Asset.COIN),
                            asset ->
                                    switch (asset) {
                                        case Asset.Coin coin -> Optional.empty();
                                        case Asset.Token token -> Optional.of(token);
                                    });

    private AssetShape() {}
}
