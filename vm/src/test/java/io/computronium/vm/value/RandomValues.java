package io.computronium.vm.value;

import io.computronium.primitives.Address;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Values of every kind, well formed but for lists whose elements may differ in type. */
public final class RandomValues {

    private RandomValues() {}

    /**
     * @param depth how many values may be around the innermost
     */
    public static Value next(Random random, int depth) {
        int kinds = depth == 0 ? 8 : 13;
        return switch (random.nextInt(kinds)) {
            case 0 -> new Value.Int(random.nextLong(), random.nextLong());
            case 1 -> new Value.UInt(random.nextLong(), random.nextLong());
            case 2 -> new Value.Bool(random.nextBoolean());
            case 3 -> new Value.Buffer(randomBytes(random, random.nextInt(40)));
            case 4 -> Value.Ascii.of("a~ \n".repeat(random.nextInt(4)));
            case 5 -> Value.Utf8.of("é😀".repeat(random.nextInt(4)));
            case 6 -> new Value.PrincipalValue(randomPrincipal(random));
            case 7 -> new Value.None();
            case 8 -> new Value.Some(next(random, depth - 1));
            case 9 -> new Value.Ok(next(random, depth - 1));
            case 10 -> new Value.Err(next(random, depth - 1));
            case 11 ->
                    new Value.ListValue(
                            IntStream.range(0, random.nextInt(4))
                                    .mapToObj(i -> next(random, depth - 1))
                                    .toList());
            default -> {
                var fields = new TreeMap<String, Value>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    fields.put("f" + random.nextInt(20), next(random, depth - 1));
                }
                yield Value.Tuple.of(fields);
            }
        };
    }

    private static Principal randomPrincipal(Random random) {
        var address =
                Address.of(random.nextInt(32), randomBytes(random, Address.HASH_SIZE).toArray());
        return random.nextBoolean()
                ? Principal.of(address)
                : Principal.of(address, "c".repeat(1 + random.nextInt(40)));
    }

    private static Bytes randomBytes(Random random, int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.owned(bytes);
    }
}
