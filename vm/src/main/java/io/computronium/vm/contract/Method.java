package io.computronium.vm.contract;

import io.computronium.primitives.tx.Call;
import io.computronium.vm.value.Value;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function that a contract offers.
 *
 * <p>The gas of a call is {@link #gas} for the method's own work, and what the kernel charges for
 * what it does: decoding arguments by the byte, reading and writing records, new bytes of state,
 * movements, events, calls of other contracts ({@code GasTable}).
 *
 * @param name in kebab case
 * @param gas for the work of the body alone, 1 gas = 1 ns on the reference machine
 * @param command how the wallet calls it; null if it has no command
 */
public record Method<T>(
        String name,
        Access access,
        String meaning,
        List<Parameter<?>> parameters,
        long gas,
        @Nullable Command command,
        Shape<T> result,
        Function<Frame, T> body) {

    public Method {
        parameters = List.copyOf(parameters);
        if (parameters.size() > Call.ContractCall.MAX_ARGUMENTS) {
            throw new IllegalArgumentException("at most 32 parameters: " + name);
        }
    }

    /**
     * The wallet's words for a method: {@code cptm <noun> <verb>}.
     *
     * @param example the rest of a command line that works on a devnet, after {@code cptm <noun>
     *     <verb>}
     */
    public record Command(String noun, String verb, String example) {}

    /** Runs the body; the answer is of {@link #result}'s type. */
    public Value run(Frame frame) {
        return result.toValue(body.apply(frame));
    }

    public static Draft publicly(String name, String meaning) {
        return new Draft(name, Access.PUBLIC, meaning);
    }

    public static Draft directly(String name, String meaning) {
        return new Draft(name, Access.DIRECT, meaning);
    }

    public static Draft readOnly(String name, String meaning) {
        return new Draft(name, Access.READ_ONLY, meaning);
    }

    /** A method being declared; {@link #returns} completes it. */
    public static final class Draft {
        private final String name;
        private final Access access;
        private final String meaning;
        private List<Parameter<?>> parameters = List.of();
        private long gas;
        private @Nullable Command command;

        private Draft(String name, Access access, String meaning) {
            this.name = name;
            this.access = access;
            this.meaning = meaning;
        }

        public Draft takes(Parameter<?>... all) {
            parameters = List.of(all);
            return this;
        }

        public Draft gas(long ofTheBody) {
            gas = ofTheBody;
            return this;
        }

        public Draft command(String noun, String verb, String example) {
            command = new Command(noun, verb, example);
            return this;
        }

        public <T> Method<T> returns(Shape<T> result, Function<Frame, T> body) {
            return new Method<>(name, access, meaning, parameters, gas, command, result, body);
        }
    }
}
