package io.computronium.primitives.codec;

import static io.computronium.primitives.codec.WireValues.require;
import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toBytes;
import static io.computronium.primitives.codec.WireValues.toPrincipal;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Uint128;
import io.computronium.primitives.proto.ComparisonMessage;
import io.computronium.primitives.proto.FungibleReceivedMessage;
import io.computronium.primitives.proto.FungibleSentMessage;
import io.computronium.primitives.proto.NonFungibleMessage;
import io.computronium.primitives.proto.PostConditionMessage;
import io.computronium.primitives.proto.Uint128Message;
import io.computronium.primitives.tx.Asset;
import io.computronium.primitives.tx.PostCondition;
import io.computronium.primitives.tx.PostCondition.Comparison;

/** Post-conditions of a transaction. */
final class PostConditionCodec {

    private PostConditionCodec() {}

    static PostCondition condition(PostConditionMessage m) {
        return switch (m.getConditionCase()) {
            case SENT -> sent(m.getSent());
            case RECEIVED -> received(m.getReceived());
            case NON_FUNGIBLE -> nonFungible(m.getNonFungible());
            case CONDITION_NOT_SET ->
                    throw new MalformedDataException("postCondition: of no known kind");
        };
    }

    static PostConditionMessage message(PostCondition condition) {
        var m = PostConditionMessage.newBuilder();
        switch (condition) {
            case PostCondition.Sent sent -> m.setSent(message(sent));
            case PostCondition.Received received -> m.setReceived(message(received));
            case PostCondition.NonFungible token -> m.setNonFungible(message(token));
        }
        return m.build();
    }

    private static PostCondition sent(FungibleSentMessage m) {
        require(m.hasAmount(), "postCondition.amount");
        return new PostCondition.Sent(
                toPrincipal(m.getPrincipal()),
                m.hasToken() ? AssetCodec.token(m.getToken()) : Asset.COIN,
                comparison(m.getComparison()),
                amount(m.getAmount()));
    }

    private static FungibleSentMessage message(PostCondition.Sent sent) {
        var m =
                FungibleSentMessage.newBuilder()
                        .setPrincipal(toByteString(sent.principal()))
                        .setComparison(message(sent.comparison()))
                        .setAmount(message(sent.amount()));
        AssetCodec.message(sent.asset()).ifPresent(m::setToken);
        return m.build();
    }

    private static PostCondition received(FungibleReceivedMessage m) {
        require(m.hasAmount(), "postCondition.amount");
        return new PostCondition.Received(
                toPrincipal(m.getPrincipal()),
                m.hasToken() ? AssetCodec.token(m.getToken()) : Asset.COIN,
                amount(m.getAmount()));
    }

    private static FungibleReceivedMessage message(PostCondition.Received received) {
        var m =
                FungibleReceivedMessage.newBuilder()
                        .setPrincipal(toByteString(received.principal()))
                        .setAmount(message(received.amount()));
        AssetCodec.message(received.asset()).ifPresent(m::setToken);
        return m.build();
    }

    private static PostCondition nonFungible(NonFungibleMessage m) {
        require(m.hasToken(), "postCondition.token");
        return new PostCondition.NonFungible(
                toPrincipal(m.getPrincipal()),
                AssetCodec.token(m.getToken()),
                toBytes(m.getId()),
                m.getKept());
    }

    private static NonFungibleMessage message(PostCondition.NonFungible condition) {
        var m =
                NonFungibleMessage.newBuilder()
                        .setPrincipal(toByteString(condition.principal()))
                        .setId(toByteString(condition.id()))
                        .setKept(condition.kept());
        AssetCodec.message(condition.asset()).ifPresent(m::setToken);
        return m.build();
    }

    private static Uint128 amount(Uint128Message m) {
        return new Uint128(m.getHigh(), m.getLow());
    }

    private static Uint128Message message(Uint128 amount) {
        return Uint128Message.newBuilder().setHigh(amount.high()).setLow(amount.low()).build();
    }

    private static Comparison comparison(ComparisonMessage m) {
        return switch (m) {
            case COMPARISON_EQUAL -> Comparison.EQUAL;
            case COMPARISON_AT_MOST -> Comparison.AT_MOST;
            case COMPARISON_AT_LEAST -> Comparison.AT_LEAST;
            case UNRECOGNIZED -> throw new MalformedDataException("comparison: unknown");
        };
    }

    private static ComparisonMessage message(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> ComparisonMessage.COMPARISON_EQUAL;
            case AT_MOST -> ComparisonMessage.COMPARISON_AT_MOST;
            case AT_LEAST -> ComparisonMessage.COMPARISON_AT_LEAST;
        };
    }
}
