package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.node.rpc.Reads.AtHeight;
import io.computronium.node.rpc.RpcMethod.Access;
import java.util.List;
import java.util.OptionalLong;

/** Namespace {@code validator_}. */
final class ValidatorMethods {

    private final ChainReads chain;

    ValidatorMethods(ChainReads chain) {
        this.chain = chain;
    }

    List<RpcMethod<?, ?>> all() {
        return List.of(list());
    }

    private RpcMethod<OptionalLong, AtHeight<StateView.Validators>> list() {
        return new RpcMethod<>(
                "validator_list",
                "The validators that decide the next height.",
                Access.READ,
                Reads.AT_ONLY,
                Reads.atHeight(
                        "{epoch, totalPower, validators: [{publicKey, power, operator}]}",
                        ValidatorMethods::toJson),
                5,
                at -> {
                    var state = Reads.state(chain, at);
                    return new AtHeight<>(state.height(), state.validators());
                });
    }

    private static JsonNode toJson(StateView.Validators validators) {
        long total = validators.seats().stream().mapToLong(StateView.Seat::power).sum();
        return Json.object()
                .put("epoch", Json.u64(validators.epoch()))
                .put("totalPower", Json.u64(total))
                .set(
                        "validators",
                        Json.array(
                                validators.seats(),
                                seat ->
                                        Json.object()
                                                .put("publicKey", seat.publicKey().toHex())
                                                .put("power", Json.u64(seat.power()))
                                                .put("operator", seat.operator().toString())));
    }
}
