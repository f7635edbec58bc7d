package io.computronium.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.computronium.node.rpc.Reads.AtHeight;
import io.computronium.node.rpc.RpcMethod.Access;
import io.computronium.primitives.Hash;
import io.computronium.primitives.state.CoinSupply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Namespace {@code chain_}: blocks, parameters, supply. */
final class ChainMethods {

    /** A block with all fields of its transactions is sent up to this size of theirs. */
    private static final long MAX_FULL_BYTES = 4 << 20;

    private static final Param<OptionalLong> HEIGHT =
            Param.text("height", "a height as decimal text, or \"latest\"", Param::height)
                    .optional();
    private static final Param<Hash> BLOCK_ID =
            Param.hash("blockId", "a block's id in hex").optional();
    private static final Param<String> TRANSACTIONS =
            Param.oneOf("transactions", "\"ids\" or \"full\"", List.of("ids", "full"));

    private final ChainReads chain;

    ChainMethods(ChainReads chain) {
        this.chain = chain;
    }

    List<RpcMethod<?, ?>> all() {
        return List.of(head(), block(), parameters(), supply());
    }

    private RpcMethod<ParamsCodec.None, ChainHead> head() {
        return new RpcMethod<>(
                "chain_head",
                "The last final block in short.",
                Access.READ,
                ParamsCodec.NONE,
                new ResultCodec<>(
                        "{height, blockId, timeMillis, parent, stateRoot, proposer, epoch, baseFee,"
                                + " gasUsed, gasLimit, transactions: count}",
                        BlockJson::head),
                1,
                none -> chain.head());
    }

    private record BlockQuery(Optional<OptionalLong> height, Optional<Hash> id, boolean full) {}

    private record BlockAnswer(CommittedBlock block, boolean full) {}

    private RpcMethod<BlockQuery, BlockAnswer> block() {
        return new RpcMethod<>(
                "chain_block",
                "A block by height or by id, with the certificate that makes it final.",
                Access.READ,
                new ParamsCodec<>(
                        List.of(HEIGHT, BLOCK_ID, TRANSACTIONS), ChainMethods::blockQuery),
                new ResultCodec<>(
                        "{height, blockId, header, certificate, transactions: ids or objects}",
                        answer -> BlockJson.block(answer.block, answer.full)),
                50,
                this::block);
    }

    private static BlockQuery blockQuery(ParamsCodec.Arguments arguments) {
        var height = arguments.find(HEIGHT);
        var id = arguments.find(BLOCK_ID);
        if (height.isPresent() == id.isPresent()) {
            throw RpcError.params("height, blockId: exactly one expected");
        }
        boolean full = arguments.find(TRANSACTIONS).orElse("ids").equals("full");
        return new BlockQuery(height, id, full);
    }

    private BlockAnswer block(BlockQuery query) {
        var found =
                query.id
                        .map(id -> Reads.found(chain.block(id), "block " + id))
                        .orElseGet(() -> block(query.height.orElseThrow()));
        var transactions = found.block().transactions();
        long bytes = transactions.stream().mapToLong(each -> each.bytes().size()).sum();
        if (query.full && bytes > MAX_FULL_BYTES) {
            throw RpcError.limit("block is too large to be sent in full: ask for ids");
        }
        return new BlockAnswer(found, query.full);
    }

    private CommittedBlock block(OptionalLong at) {
        long height = at.orElseGet(() -> chain.head().height());
        return Reads.found(chain.block(height), "block " + height);
    }

    private RpcMethod<ParamsCodec.None, ChainFacts> parameters() {
        return new RpcMethod<>(
                "chain_parameters",
                "What the chain is: its identity, and the parameters in force.",
                Access.READ,
                ParamsCodec.NONE,
                new ResultCodec<>(
                        "{chainId, genesisHash, dev, addressVersion, parametersHash, consensus,"
                                + " execution}",
                        ChainMethods::facts),
                1,
                none -> chain.facts());
    }

    private static JsonNode facts(ChainFacts facts) {
        var json =
                Json.object()
                        .put("chainId", facts.identity().chainId())
                        .put("genesisHash", facts.identity().genesisHash().toHex())
                        .put("dev", facts.dev())
                        .put("addressVersion", facts.addresses().key())
                        .put("parametersHash", facts.parametersHash().toHex());
        json.set("consensus", parameters(facts.consensus()));
        json.set("execution", parameters(facts.execution()));
        return json;
    }

    private static ObjectNode parameters(Map<String, String> values) {
        var json = Json.object();
        values.forEach(json::put);
        return json;
    }

    private RpcMethod<OptionalLong, AtHeight<CoinSupply>> supply() {
        return new RpcMethod<>(
                "chain_supply",
                "How many coins there are, in grains.",
                Access.READ,
                Reads.AT_ONLY,
                Reads.atHeight("{genesis, minted, burned, current}", ChainMethods::supply),
                1,
                at -> {
                    var state = Reads.state(chain, at);
                    return new AtHeight<>(state.height(), state.supply());
                });
    }

    private static JsonNode supply(CoinSupply supply) {
        return Json.object()
                .put("genesis", Json.u64(supply.genesis()))
                .put("minted", Json.u64(supply.minted()))
                .put("burned", Json.u64(supply.burned()))
                .put("current", Json.u64(supply.current()));
    }
}
