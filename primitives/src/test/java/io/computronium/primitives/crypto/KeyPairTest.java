package io.computronium.primitives.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.computronium.primitives.MalformedDataException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPairTest {

    private static final HexFormat HEX = HexFormat.of();

    /** RFC 8032, section 7.1: TEST 1, 2, 3 and SHA(abc). */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
            + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
            + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
            + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
            + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
            + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
            + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42,"
            + "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,"
            + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f,"
            + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
    })
    void signsAsTheRfcDoes(String seed, String key, String message, String signature) {
        var pair = KeyPair.fromSeed(HEX.parseHex(seed));
        assertEquals(key, pair.publicKey().toHex());
        var signed = pair.sign(HEX.parseHex(message));
        assertEquals(signature, signed.toHex());
        assertTrue(Ed25519.verify(pair.publicKey(), HEX.parseHex(message), signed));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void refusesASeedOfAnotherSize(int size) {
        assertThrows(MalformedDataException.class, () -> KeyPair.fromSeed(new byte[size]));
    }

    @Test
    void isIndependentOfTheArraysThatGoInOrComeOut() {
        var seed = new byte[32];
        var pair = KeyPair.fromSeed(seed);
        var signature = pair.sign(seed);
        seed[0] = 1;
        pair.seed()[0] = 1;
        assertArrayEquals(new byte[32], pair.seed());
        assertEquals(signature, pair.sign(new byte[32]));
    }

    @Test
    void generatesUsableKeysThatDiffer() {
        var random = new SecureRandom();
        var one = KeyPair.generate(random);
        var other = KeyPair.generate(random);
        assertNotEquals(one.publicKey(), other.publicKey());
        assertTrue(Ed25519.isValidAccountKey(one.publicKey()));
        assertTrue(Ed25519.isValidNodeKey(one.publicKey()));
        assertFalse(Ed25519.verify(other.publicKey(), new byte[3], one.sign(new byte[3])));
    }

    @Test
    void aDestroyedPairSignsNothingAndShowsNothing() {
        var pair = KeyPair.fromSeed(new byte[32]);
        pair.destroy();
        assertTrue(pair.isDestroyed());
        assertThrows(IllegalStateException.class, () -> pair.sign(new byte[1]));
        assertThrows(IllegalStateException.class, pair::seed);
    }

    @Test
    void textNeverShowsTheSecret() {
        var seed = HEX.parseHex("c5".repeat(32));
        var pair = KeyPair.fromSeed(seed);
        assertEquals("KeyPair[" + pair.publicKey().toHex() + "]", pair.toString());
        assertFalse(pair.toString().contains("c5c5"));
    }
}
