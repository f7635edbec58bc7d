package io.computronium.vm;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.block.Event;
import io.computronium.vm.value.Value;
import io.computronium.vm.value.ValueCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The native coin as a contract of the system account: what transfers answer and announce. Errors
 * are those of SIP-010.
 */
final class CoinContract {

    static final String NAME = "coin";

    static final CallOutcome NOT_ENOUGH = error(1);
    static final CallOutcome SENDER_IS_RECIPIENT = error(2);

    private final Principal self;

    CoinContract(Rules rules) {
        this.self = rules.builtIn(NAME);
    }

    /**
     * {@code transfer}: keys sender and recipient; data {@code {amount, memo, recipient, sender}}.
     */
    Event transferred(Principal sender, Principal recipient, long grains, @Nullable Bytes memo) {
        var from = new Value.PrincipalValue(sender);
        var to = new Value.PrincipalValue(recipient);
        var data =
                new Value.Tuple(
                        List.of(
                                new Value.Field("amount", Value.UInt.of(grains)),
                                new Value.Field(
                                        "memo",
                                        memo == null
                                                ? new Value.None()
                                                : new Value.Some(new Value.Buffer(memo))),
                                new Value.Field("recipient", to),
                                new Value.Field("sender", from)));
        return new Event(
                self,
                "transfer",
                List.of(ValueCodec.encode(from), ValueCodec.encode(to)),
                ValueCodec.encode(data));
    }

    private static CallOutcome error(long code) {
        return CallOutcome.of(new Value.Err(Value.UInt.of(code)));
    }
}
