package io.computronium.vm.builtin;

import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;

import io.computronium.primitives.Principal;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.value.Value;
import java.util.Optional;

/**
 * A company that belongs to whoever buys its shares. One call makes the company {@code acme}, its
 * shares {@code acme-token}, the vault {@code acme-vault} that all income goes into, and the
 * auction {@code acme-auction} that sells the shares: all or none of them, and none can be led
 * elsewhere afterwards. There are no shares at first; the auction alone makes them.
 */
final class RevenueShare {

    private static final String TOKEN = "-token";
    private static final String VAULT = "-vault";
    private static final String AUCTION = "-auction";

    private static final int MAX_NAME = Principal.MAX_NAME_LENGTH - AUCTION.length();

    private static final long DEFAULT_HOLDER_BP = 2_500;
    private static final long DEFAULT_AUCTION_BP = 10_000;

    private static final Parameter<Long> MAX_SUPPLY =
            Parameter.tokens("max-supply", "the most shares that there may ever be at once");
    private static final Parameter<Long> BATCH =
            Parameter.tokens("batch", "the most shares that a day's auction sells");
    private static final Parameter<Long> RESERVE =
            Parameter.coins("reserve", "the least price of a share, a multiple of the tick");
    private static final Parameter<Optional<Long>> TICK =
            Parameter.of(
                    "tick",
                    Shape.optional(Shape.UINT),
                    "grains that bids are a multiple of; default 1");
    private static final Parameter<Optional<Long>> MAX_BIDS =
            Parameter.of(
                    "max-bids", Shape.optional(Shape.UINT), "the most open bids; default 1,024");
    private static final Parameter<Optional<String>> SYMBOL =
            Parameter.of(
                    "symbol",
                    Shape.optional(Fungible.Title.SYMBOL),
                    "ticker of the shares; default the company's name");
    private static final Parameter<Optional<String>> TITLE =
            Parameter.of(
                    "title",
                    Shape.optional(Fungible.Title.NAME),
                    "name of the shares; default the company's");
    private static final Parameter<Optional<Periods>> PERIODS =
            Parameter.of(
                    "periods",
                    Shape.optional(Periods.SHAPE),
                    "0: days and weeks of the calendar (default), 1: of 144 and 1,008 blocks");
    private static final Parameter<Optional<VaultTerms.Weighting>> WEIGHTING =
            Parameter.of(
                    "weighting",
                    Shape.optional(VaultTerms.Weighting.SHAPE),
                    "0: shares count by time (default), 1: by a week's last block");
    private static final Parameter<Optional<Long>> HOLDER_BP =
            Parameter.of(
                    "holder-bp",
                    Shape.optional(Shape.UINT),
                    "of payments, 1/10,000s for the holders; default 2,500");
    private static final Parameter<Optional<Long>> AUCTION_BP =
            Parameter.of(
                    "auction-bp",
                    Shape.optional(Shape.UINT),
                    "of auctions, 1/10,000s for the company; default 10,000");

    static final Method<?> CONSTRUCTOR =
            Method.directly(
                            "create-revenue-share",
                            "Begins a company with shares, an auction of them and a vault")
                    .takes(
                            Contract.INSTANCE,
                            MAX_SUPPLY,
                            BATCH,
                            RESERVE,
                            TICK,
                            MAX_BIDS,
                            SYMBOL,
                            TITLE,
                            PERIODS,
                            WEIGHTING,
                            HOLDER_BP,
                            AUCTION_BP)
                    .gas(2_000)
                    .command(
                            "company",
                            "create-revenue-share",
                            "acme --max-supply 1000000 --batch 10000 --reserve 0.001cptm"
                                    + " --from alice")
                    .returns(Shape.BOOL, RevenueShare::create);

    private RevenueShare() {}

    private static boolean create(Frame frame) {
        String name = frame.get(Contract.INSTANCE);
        frame.require(name.length() <= MAX_NAME, INVALID_PARAMS);
        Principal auction = Principal.of(frame.sender().address(), name + AUCTION);
        Value periods = Periods.SHAPE.toValue(frame.get(PERIODS).orElse(Periods.CALENDAR));
        Principal token =
                frame.create(
                        "token",
                        "create",
                        name + TOKEN,
                        Value.Ascii.of(frame.get(TITLE).orElse(name)),
                        Value.Ascii.of(frame.get(SYMBOL).orElse(name)),
                        // Shares are whole.
                        Value.UInt.of(0),
                        new Value.None(),
                        uint(frame, MAX_SUPPLY),
                        Value.UInt.of(0),
                        new Value.Some(new Value.PrincipalValue(auction)),
                        new Value.Bool(true));
        Principal vault =
                frame.create(
                        Vault.NAME,
                        "create",
                        name + VAULT,
                        new Value.PrincipalValue(frame.self()),
                        new Value.PrincipalValue(token),
                        new Value.PrincipalValue(auction),
                        periods,
                        VaultTerms.Weighting.SHAPE.toValue(
                                frame.get(WEIGHTING).orElse(VaultTerms.Weighting.TIME)),
                        uint(frame, HOLDER_BP, DEFAULT_HOLDER_BP),
                        uint(frame, AUCTION_BP, DEFAULT_AUCTION_BP));
        frame.create(
                Auction.NAME,
                "create",
                name + AUCTION,
                new Value.PrincipalValue(vault),
                uint(frame, BATCH),
                uint(frame, RESERVE),
                uint(frame, TICK, 1),
                uint(frame, MAX_BIDS, BidBook.MAX_BIDS),
                periods);
        Resource.begin(frame, Optional.of(vault));
        return true;
    }

    private static Value uint(Frame frame, Parameter<Long> parameter) {
        return Value.UInt.of(frame.get(parameter));
    }

    private static Value uint(Frame frame, Parameter<Optional<Long>> parameter, long otherwise) {
        return Value.UInt.of(frame.get(parameter).orElse(otherwise));
    }
}
