package io.computronium.vm.contract;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;

/**
 * A parameter of a method, or a key part of a read-only method. One object may serve several
 * methods of a contract.
 *
 * @param name in kebab case
 * @param unit what a number counts, so that tools can show and read it
 * @param meaning for people, one line
 */
public record Parameter<T>(String name, Shape<T> shape, Unit unit, String meaning) {

    /** Grains of the coin. */
    public static Parameter<Long> coins(String name, String meaning) {
        return new Parameter<>(name, Shape.UINT, Unit.COIN, meaning);
    }

    /** The smallest units of a token. */
    public static Parameter<Long> tokens(String name, String meaning) {
        return new Parameter<>(name, Shape.UINT, Unit.TOKEN, meaning);
    }

    /** A number of blocks. */
    public static Parameter<Long> blocks(String name, String meaning) {
        return new Parameter<>(name, Shape.UINT, Unit.BLOCKS, meaning);
    }

    /** 1/10,000 of something. */
    public static Parameter<Long> basisPoints(String name, String meaning) {
        return new Parameter<>(name, Shape.UINT, Unit.BASIS_POINTS, meaning);
    }

    /** A number without a unit, such as an id. */
    public static Parameter<Long> number(String name, String meaning) {
        return new Parameter<>(name, Shape.UINT, Unit.PLAIN, meaning);
    }

    public static Parameter<Principal> principal(String name, String meaning) {
        return of(name, Shape.PRINCIPAL, meaning);
    }

    public static Parameter<Bytes> hash(String name, String meaning) {
        return of(name, Shape.bytes(32), meaning);
    }

    public static <T> Parameter<T> of(String name, Shape<T> shape, String meaning) {
        return new Parameter<>(name, shape, Unit.PLAIN, meaning);
    }
}
