package io.computronium.cli.command;

import io.computronium.primitives.Coin;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An amount with its unit, such as {@code 1.5cptm} or {@code 150000000grain}.
 *
 * @param grains over 0
 */
record Amount(long grains) {

    /** Reads what was typed. */
    static final class Converter implements ITypeConverter<Amount> {
        @Override
        public Amount convert(String text) {
            try {
                long grains = Coin.parse(text);
                if (grains == 0) {
                    throw new TypeConversionException("an amount is more than zero");
                }
                return new Amount(grains);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
