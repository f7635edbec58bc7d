package io.computronium.primitives.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.computronium.primitives.MalformedDataException;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A {@link Codec} over a protobuf message, strict as the package says.
 *
 * @param <T> the record
 * @param <M> the generated message
 */
public final class CanonicalCodec<T, M extends Message> implements Codec<T> {

    private final String name;
    private final int maxBytes;
    private final WireShape shape;
    private final Parser<M> parser;
    private final Function<M, T> toRecord;
    private final Function<T, M> toMessage;

    private CanonicalCodec(
            M prototype, int maxBytes, Function<M, T> toRecord, Function<T, M> toMessage) {
        this.name = prototype.getDescriptorForType().getName().replaceAll("Message$", "");
        this.maxBytes = maxBytes;
        this.shape = WireShape.of(prototype.getDescriptorForType());
        @SuppressWarnings("unchecked") // a message's parser makes messages of its own class
        Parser<M> itsParser = (Parser<M>) prototype.getParserForType();
        this.parser = itsParser;
        this.toRecord = toRecord;
        this.toMessage = toMessage;
    }

    /**
     * @param prototype the message's default instance
     * @param maxBytes the most bytes that are looked at; longer input is refused at once
     * @param toRecord may throw {@link MalformedDataException}, and nothing else
     */
    public static <T, M extends Message> CanonicalCodec<T, M> of(
            M prototype, int maxBytes, Function<M, T> toRecord, Function<T, M> toMessage) {
        return new CanonicalCodec<>(prototype, maxBytes, toRecord, toMessage);
    }

    @Override
    public byte[] encode(T value) {
        return toMessage.apply(value).toByteArray();
    }

    @Override
    public T decode(byte[] bytes) {
        if (bytes.length > maxBytes) {
            throw new MalformedDataException(
                    name + ": " + bytes.length + " bytes, at most " + maxBytes);
        }
        shape.check(bytes);
        T value = toRecord.apply(parse(bytes));
        if (!Arrays.equals(bytes, encode(value))) {
            throw new MalformedDataException(name + ": not in canonical encoding");
        }
        return value;
    }

    private M parse(byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedDataException(name + ": " + e.getMessage(), e);
        }
    }
}
