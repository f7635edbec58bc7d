package io.computronium.p2p.codec;

import static io.computronium.primitives.codec.WireValues.toByteString;
import static io.computronium.primitives.codec.WireValues.toHash;
import static io.computronium.primitives.codec.WireValues.toInt;
import static io.computronium.primitives.codec.WireValues.toLong;
import static io.computronium.primitives.codec.WireValues.toPublicKey;
import static io.computronium.primitives.codec.WireValues.toSignature;

import io.computronium.p2p.Hello;
import io.computronium.p2p.SeatProof;
import io.computronium.primitives.codec.CanonicalCodec;
import io.computronium.primitives.codec.Codec;
import io.computronium.primitives.proto.HelloMessage;
import io.computronium.primitives.proto.SeatProofMessage;

final class HelloCodec {

    static final Codec<Hello> HELLO =
            CanonicalCodec.of(
                    HelloMessage.getDefaultInstance(),
                    FrameType.HELLO.maxBytes(),
                    HelloCodec::hello,
                    HelloCodec::message);

    private HelloCodec() {}

    private static Hello hello(HelloMessage m) {
        return new Hello(
                toInt(m.getMinVersion(), "hello.minVersion"),
                toInt(m.getMaxVersion(), "hello.maxVersion"),
                m.getChainId(),
                toHash(m.getGenesisHash()),
                m.getInstance(),
                toLong(m.getHeight(), "hello.height"),
                m.getCapabilities(),
                m.hasSeatProof() ? seatProof(m.getSeatProof()) : null);
    }

    private static HelloMessage message(Hello hello) {
        var m =
                HelloMessage.newBuilder()
                        .setMinVersion(hello.minVersion())
                        .setMaxVersion(hello.maxVersion())
                        .setChainId(hello.chainId())
                        .setGenesisHash(toByteString(hello.genesisHash()))
                        .setInstance(hello.instance())
                        .setHeight(hello.height())
                        .setCapabilities(hello.capabilities());
        if (hello.seatProof() != null) {
            m.setSeatProof(message(hello.seatProof()));
        }
        return m.build();
    }

    private static SeatProof seatProof(SeatProofMessage m) {
        return new SeatProof(
                toPublicKey(m.getValidatorKey()),
                toLong(m.getEpoch(), "seatProof.epoch"),
                toSignature(m.getSignature()));
    }

    private static SeatProofMessage message(SeatProof proof) {
        return SeatProofMessage.newBuilder()
                .setValidatorKey(toByteString(proof.validatorKey()))
                .setEpoch(proof.epoch())
                .setSignature(toByteString(proof.signature()))
                .build();
    }
}
