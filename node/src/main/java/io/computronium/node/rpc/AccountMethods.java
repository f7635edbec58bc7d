package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.computronium.node.rpc.Reads.AtHeight;
import io.computronium.node.rpc.RpcMethod.Access;
import io.computronium.primitives.Principal;
import io.computronium.primitives.state.AccountState;
import java.util.List;
import java.util.OptionalLong;

/** Namespace {@code account_}. */
final class AccountMethods {

    private static final Param<Principal> ADDRESS =
            Param.principal("address", "an address of this network in c32check");

    private final ChainReads chain;

    AccountMethods(ChainReads chain) {
        this.chain = chain;
    }

    List<RpcMethod<?, ?>> all() {
        return List.of(account());
    }

    private record Query(Principal principal, OptionalLong at) {}

    private record Account(Principal principal, AccountState state) {}

    private RpcMethod<Query, AtHeight<Account>> account() {
        return new RpcMethod<>(
                "account_get",
                "Balance and sequences of an account; zeros if it was never used.",
                Access.READ,
                new ParamsCodec<>(
                        List.of(ADDRESS, Param.AT, Param.PROOF),
                        arguments -> new Query(arguments.require(ADDRESS), Reads.at(arguments))),
                Reads.atHeight(
                        "{address, balance, nextSequence, lanes: [{lane, highest, seen}]}",
                        AccountMethods::toJson),
                2,
                this::read);
    }

    private AtHeight<Account> read(Query query) {
        if (!chain.facts().addresses().admit(query.principal.address())) {
            throw RpcError.params("address: belongs to another network");
        }
        var state = Reads.state(chain, query.at);
        return new AtHeight<>(
                state.height(), new Account(query.principal, state.account(query.principal)));
    }

    private static JsonNode toJson(Account account) {
        var state = account.state;
        var json =
                Json.object()
                        .put("address", account.principal.toString())
                        .put("balance", Json.u64(state.balance()))
                        .put("nextSequence", Json.u64(state.nextSequence()));
        return json.set(
                "lanes",
                Json.array(
                        state.lanes(),
                        lane ->
                                Json.object()
                                        .put("lane", lane.lane())
                                        .put("highest", Json.u64(lane.highest()))
                                        .put("seen", Long.toUnsignedString(lane.seen()))));
    }
}
