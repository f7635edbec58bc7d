package io.computronium.vm.builtin;

import io.computronium.primitives.tx.Asset;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Unit;
import java.util.Optional;

/**
 * The native coin as a fungible token. A {@code Transfer} call of a transaction is the same as
 * {@code transfer} here: it answers and announces alike, at less gas.
 */
public final class Coin {

    public static final String NAME = "coin";

    private static final Fungible.Title TITLE =
            new Fungible.Title("Computronium", "CPTM", 8, Optional.empty());

    public static final Fungible FACE =
            new Fungible(Unit.COIN, frame -> Asset.COIN, frame -> TITLE);

    static final Contract DECLARATION =
            Contract.singleton(NAME, 9, "The native coin, as other contracts and wallets see it")
                    .methods(FACE.methods().toArray(Method<?>[]::new))
                    .faults(
                            Fungible.NOT_ENOUGH,
                            Fungible.SENDER_IS_RECIPIENT,
                            Fungible.NOT_POSITIVE,
                            Fungible.NOT_SENDER)
                    .events(FACE.transferred())
                    .declare();

    private Coin() {}
}
