package io.computronium.consensus.simulation;

import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.crypto.Ed25519;
import io.computronium.primitives.crypto.KeyPair;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Keys, called by numbers, and what they sign. */
interface Keys {

    PublicKey publicKey(int key);

    Signature sign(int key, byte[] message);

    boolean verify(PublicKey key, byte[] message, Signature signature);

    /** A hash that anyone could compute: no simulated liar does. A thousand times as fast. */
    final class StandIn implements Keys {

        @Override
        public PublicKey publicKey(int key) {
            return PublicKey.of(ByteBuffer.allocate(PublicKey.SIZE).putInt(key + 1).array());
        }

        @Override
        public Signature sign(int key, byte[] message) {
            return of(key + 1, message);
        }

        @Override
        public boolean verify(PublicKey key, byte[] message, Signature signature) {
            return of(key.asReadOnlyBuffer().getInt(), message).equals(signature);
        }

        private static Signature of(int key, byte[] message) {
            long hash = key * 0x9e3779b97f4a7c15L + Arrays.hashCode(message);
            return Signature.of(
                    ByteBuffer.allocate(Signature.SIZE).putLong(hash * hash).putInt(key).array());
        }
    }

    /** The real thing. */
    final class Real implements Keys {

        private final List<KeyPair> pairs;

        Real(int count) {
            pairs =
                    IntStream.range(0, count)
                            .mapToObj(i ->
                                    KeyPair.fromSeed(
                                            ByteBuffer.allocate(KeyPair.SEED_SIZE)
                                                    .putInt(i)
                                                    .array()))
                            .toList();
        }

        @Override
        public PublicKey publicKey(int key) {
            return pairs.get(key).publicKey();
        }

        @Override
        public Signature sign(int key, byte[] message) {
            return pairs.get(key).sign(message);
        }

        @Override
        public boolean verify(PublicKey key, byte[] message, Signature signature) {
            return Ed25519.verify(key, message, signature);
        }
    }
}
