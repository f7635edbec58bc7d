package io.computronium.vm.contract;

/**
 * A value, and since when it is what it is.
 *
 * @param index how many values there were before
 * @param height of the block that set it
 */
public record Dated<V>(long index, long height, V value) {

    public static <V> RecordShape<Dated<V>> shape(Shape<V> value) {
        return RecordShape.of(
                in -> new Dated<>(in.next(), in.next(), in.next()),
                RecordShape.field("index", Shape.UINT, Dated::index),
                RecordShape.field("height", Shape.UINT, Dated::height),
                RecordShape.field("value", value, Dated::value));
    }
}
