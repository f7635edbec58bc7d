package io.computronium.primitives.tx;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a transaction. */
public sealed interface Call {

    /**
     * Moves coins from the sender.
     *
     * @param amount grains, over 0
     * @param memo at most 34 bytes, as in SIP-010
     */
    record Transfer(Principal to, long amount, @Nullable Bytes memo) implements Call {
        public static final int MAX_MEMO_BYTES = 34;

        public Transfer {
            MalformedDataException.unless(
                    amount > 0, "transfer.amount: 1 to 2^63-1 grains expected");
            MalformedDataException.unless(
                    memo == null || memo.size() <= MAX_MEMO_BYTES,
                    "transfer.memo: at most 34 bytes");
        }
    }

    /**
     * Calls a public function of a contract.
     *
     * @param arguments at most 32 values in SIP-005 encoding
     */
    record ContractCall(Principal contract, String function, List<Bytes> arguments)
            implements Call {
        public static final int MAX_ARGUMENTS = 32;

        public ContractCall {
            arguments = List.copyOf(arguments);
            MalformedDataException.unless(
                    contract.contract() != null, "contractCall.contract: no contract name");
            MalformedDataException.unless(
                    !function.isEmpty() && function.length() <= 128,
                    "contractCall.function: 1 to 128 characters expected");
            MalformedDataException.unless(
                    arguments.size() <= MAX_ARGUMENTS, "contractCall.arguments: at most 32");
        }
    }

    /**
     * Publishes a contract under the sender's account.
     *
     * @param level version of the contract language
     */
    record Deploy(String name, int level, Bytes source) implements Call {
        public Deploy {
            MalformedDataException.unless(
                    Principal.isContractName(name), "deploy.name: not a contract name");
            MalformedDataException.unless(level >= 0, "deploy.level: negative");
        }
    }
}
