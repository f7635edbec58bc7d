package io.computronium.vm.builtin;

import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;

import io.computronium.primitives.Coin;
import io.computronium.primitives.Principal;
import io.computronium.primitives.state.CoinSupply;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Amounts;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.StateView;
import io.computronium.vm.contract.Unit;
import io.computronium.vm.contract.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The economy of the coin: how fees are split, what is burnt, what is minted, and the treasury,
 * which is this contract's own balance less {@link #PENDING}.
 *
 * <p>A fee is split into a burnt part, the treasury's and the validators'. Of the validators' part
 * of a block its proposer has a share at once; the rest waits in {@link #PENDING} for the next
 * block, whose certificate says who signed, and goes to the seats with that block's mint.
 */
public final class Econ {

    /** The coins that there are. */
    record Supply(long genesis, long minted, long burned, long current, long cap) {
        static final RecordShape<Supply> SHAPE =
                RecordShape.of(
                        in -> new Supply(in.next(), in.next(), in.next(), in.next(), in.next()),
                        RecordShape.field("genesis", Shape.UINT, Supply::genesis),
                        RecordShape.field("minted", Shape.UINT, Supply::minted),
                        RecordShape.field("burned", Shape.UINT, Supply::burned),
                        RecordShape.field("current", Shape.UINT, Supply::current),
                        RecordShape.field("cap", Shape.UINT, Supply::cap));
    }

    /** What is being minted. */
    record Emission(long year, long annual, long thisBlock) {
        static final RecordShape<Emission> SHAPE =
                RecordShape.of(
                        in -> new Emission(in.next(), in.next(), in.next()),
                        RecordShape.field("year", Shape.UINT, Emission::year),
                        RecordShape.field("annual", Shape.UINT, Emission::annual),
                        RecordShape.field("this-block", Shape.UINT, Emission::thisBlock));
    }

    public static final Variable<EconomyParameters> PARAMETERS =
            new Variable<>(
                    1,
                    "parameters",
                    EconomyParameters.SHAPE,
                    "what the chain decided about its economy");

    public static final Variable<Long> PENDING =
            new Variable<>(
                    2,
                    "pending",
                    Shape.UINT,
                    "the validators' part of fees that the next block pays to the seats");

    private static final EventType FEES_SPLIT =
            EventType.of(
                    "fees-split",
                    "the fees of a block's transactions and services were divided",
                    EventType.key("operator", Shape.PRINCIPAL),
                    EventType.amount("burned", Unit.COIN),
                    EventType.amount("treasury", Unit.COIN),
                    EventType.amount("proposer", Unit.COIN),
                    EventType.amount("validators", Unit.COIN));

    private static final EventType SERVICE_FEE_PAID =
            EventType.of(
                    "service-fee-paid",
                    "a service fee was paid and divided",
                    EventType.key("payer", Shape.PRINCIPAL),
                    EventType.amount("fee", Unit.COIN),
                    EventType.amount("burned", Unit.COIN),
                    EventType.amount("treasury", Unit.COIN));

    private static final EventType MINTED =
            EventType.of(
                    "minted",
                    "new coins for the seats of the block before",
                    EventType.amount("amount", Unit.COIN));

    private static final Parameter<Long> AMOUNT =
            Parameter.coins("amount", "what is paid for the service");
    private static final Parameter<Long> FEE =
            Parameter.coins("fee", "what service-fee said for the payment");

    static final Contract DECLARATION =
            Contract.singleton("econ", 28, "Fees, burning, minting, and the treasury of the chain")
                    .variables(PARAMETERS, PENDING)
                    .methods(
                            Method.readOnly("service-fee", "the fee on top of a payment")
                                    .takes(AMOUNT)
                                    .gas(200)
                                    .returns(Shape.UINT, Econ::serviceFee),
                            Method.publicly(
                                            "pay-service-fee",
                                            "pays a fee out of the caller's coins; answers the part"
                                                    + " that was burnt")
                                    .takes(FEE)
                                    .gas(1_000)
                                    .returns(Shape.UINT, Econ::payServiceFee),
                            Method.readOnly("get-supply", "how many coins there are")
                                    .gas(300)
                                    .command("economy", "supply", "")
                                    .returns(Supply.SHAPE, Econ::supply),
                            Method.readOnly("get-emission", "how many coins are being minted")
                                    .gas(300)
                                    .command("economy", "emission", "")
                                    .returns(Emission.SHAPE, Econ::emission),
                            Method.readOnly("get-treasury", "the treasury's balance")
                                    .gas(300)
                                    .command("economy", "treasury", "")
                                    .returns(Shape.UINT, Econ::treasury))
                    .events(FEES_SPLIT, SERVICE_FEE_PAID, MINTED)
                    .invariants(
                            new Contract.Invariant(
                                    "pending-covered",
                                    "the balance covers what waits for the validators",
                                    Econ::pendingFault))
                    .declare();

    private Econ() {}

    // Methods

    private static long serviceFee(Frame call) {
        return Amounts.mulDivCeil(
                call.get(AMOUNT), call.read(PARAMETERS).serviceFeeBp(), Amounts.WHOLE_BP);
    }

    private static long payServiceFee(Frame call) {
        long fee = call.get(FEE);
        call.require(fee > 0, INVALID_PARAMS);
        var split = FeeSplit.of(fee, call.read(PARAMETERS));
        if (split.burned() > 0) {
            call.burn(Asset.COIN, call.sender(), split.burned());
        }
        if (fee > split.burned()) {
            call.collect(Asset.COIN, fee - split.burned());
        }
        addPending(call, split.validators());
        call.emit(SERVICE_FEE_PAID, call.sender(), fee, split.burned(), split.treasury());
        return split.burned();
    }

    private static Supply supply(Frame call) {
        CoinSupply coins = call.coins();
        return new Supply(
                coins.genesis(),
                coins.minted(),
                coins.burned(),
                coins.current(),
                Coin.MAX_SUPPLY_GRAINS);
    }

    private static Emission emission(Frame call) {
        EconomyParameters parameters = call.read(PARAMETERS);
        long height = Math.max(1, call.height());
        return new Emission(
                (height - 1) / parameters.blocksPerYear(),
                parameters.annual(height),
                parameters.mintOf(height));
    }

    private static long treasury(Frame call) {
        return call.balance(Asset.COIN, call.self()) - call.read(PENDING);
    }

    // What genesis and each block do

    /** Puts the first records. */
    public static void begin(Frame genesis, EconomyParameters parameters) {
        genesis.put(PARAMETERS, parameters);
        genesis.put(PENDING, 0L);
    }

    /**
     * Divides the validators' part of a block's fees, which with the treasury's is in this
     * contract's account by now.
     *
     * @param fees of the block's transactions
     * @param operator of the block's proposer; null: nobody has its share
     */
    public static void split(Frame block, FeeSplit fees, @Nullable Principal operator) {
        long part = Math.addExact(block.read(PENDING), fees.validators());
        long proposer =
                operator == null ? 0 : Amounts.part(part, block.read(PARAMETERS).proposerBp());
        if (part == 0 && fees.burned() == 0) {
            return;
        }
        if (operator != null) {
            block.pay(Asset.COIN, operator, proposer);
        }
        addPending(block, fees.validators() - proposer);
        block.emit(
                FEES_SPLIT,
                operator == null ? block.self() : operator,
                fees.burned(),
                fees.treasury(),
                proposer,
                part - proposer);
    }

    /**
     * Hands out what the seats of the block before have earned: the validators' part of its fees,
     * and its mint.
     *
     * @param to the contract that divides it
     * @return how much it is
     */
    public static long release(Frame block, Principal to) {
        long fees = block.read(PENDING);
        addPending(block, -fees);
        block.pay(Asset.COIN, to, fees);
        long minted = block.read(PARAMETERS).mintOf(block.height() - 1);
        if (minted > 0) {
            block.mint(Asset.COIN, to, minted);
            block.emit(MINTED, minted);
        }
        return Math.addExact(fees, minted);
    }

    private static void addPending(Frame frame, long grains) {
        if (grains != 0) {
            frame.put(PENDING, Math.addExact(frame.read(PENDING), grains));
        }
    }

    // Invariants

    private static @Nullable String pendingFault(StateView state) {
        long pending = state.find(PENDING).orElse(0L);
        long balance = state.balance(Asset.COIN, state.self());
        return balance >= pending ? null : balance + " for pending " + pending;
    }
}
