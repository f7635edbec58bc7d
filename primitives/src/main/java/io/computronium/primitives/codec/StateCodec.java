package io.computronium.primitives.codec;

import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;

import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.proto.AccountMessage;
import io.computronium.primitives.proto.CoinSupplyMessage;
import io.computronium.primitives.proto.FeeStateMessage;
import io.computronium.primitives.proto.LaneMessage;
import io.computronium.primitives.state.AccountState;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.primitives.state.FeeState;
import io.computronium.primitives.state.LaneWindow;

/** Values of the state. */
public final class StateCodec {

    private static final int SMALL = 1 << 10;

    public static final Codec<AccountState> ACCOUNT =
            CanonicalCodec.of(
                    AccountMessage.getDefaultInstance(),
                    SMALL,
                    StateCodec::account,
                    StateCodec::message);

    public static final Codec<CoinSupply> COIN_SUPPLY =
            CanonicalCodec.of(
                    CoinSupplyMessage.getDefaultInstance(),
                    SMALL,
                    m ->
                            new CoinSupply(
                                    toLong(m.getGenesis(), "supply.genesis"),
                                    toLong(m.getMinted(), "supply.minted"),
                                    toLong(m.getBurned(), "supply.burned")),
                    supply ->
                            CoinSupplyMessage.newBuilder()
                                    .setGenesis(supply.genesis())
                                    .setMinted(supply.minted())
                                    .setBurned(supply.burned())
                                    .build());

    public static final Codec<FeeState> FEES =
            CanonicalCodec.of(
                    FeeStateMessage.getDefaultInstance(),
                    SMALL,
                    m -> new FeeState(m.getBaseFee()),
                    fees -> FeeStateMessage.newBuilder().setBaseFee(fees.baseFee()).build());

    private StateCodec() {}

    private static AccountState account(AccountMessage m) {
        var lanes = m.getLanesList().stream().map(StateCodec::lane).toList();
        for (int i = 1; i < lanes.size(); i++) {
            MalformedDataException.unless(
                    lanes.get(i - 1).lane() < lanes.get(i).lane(), "account.lanes: out of order");
        }
        return new AccountState(
                toLong(m.getBalance(), "account.balance"),
                toLong(m.getNextSequence(), "account.nextSequence"),
                lanes,
                m.getManaged());
    }

    private static AccountMessage message(AccountState account) {
        var m =
                AccountMessage.newBuilder()
                        .setBalance(account.balance())
                        .setNextSequence(account.nextSequence())
                        .setManaged(account.managed());
        for (LaneWindow window : account.lanes()) {
            m.addLanes(
                    LaneMessage.newBuilder()
                            .setLane(window.lane())
                            .setHighest(window.highest())
                            .setSeen(window.seen()));
        }
        return m.build();
    }

    private static LaneWindow lane(LaneMessage m) {
        return new LaneWindow(
                toInt(m.getLane(), "lane"), toLong(m.getHighest(), "lane.highest"), m.getSeen());
    }
}
