package io.computronium.primitives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final String SAMPLE = "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7";

    @Test
    void theSystemAccountHasTheLiteralsOfTheDesign() {
        assertEquals(
                "SC00000000000000000000ERBZ0J", AddressVersions.MAINNET.systemAccount().toString());
        assertEquals(
                "SD000000000000000000003EFWXZ", AddressVersions.TESTNET.systemAccount().toString());
    }

    /** The second to fourth are the examples of SIP-005. */
    @ParameterizedTest
    @CsvSource({
        "12, 0000000000000000000000000000000000000000, SC00000000000000000000ERBZ0J",
        "22, a46ff88886c2ef9762d970b4d2c63678835bd39d, SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7",
        "20, a46ff88886c2ef9762d970b4d2c63678835bd39d, SM2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKQVX8X0G",
        "26, a46ff88886c2ef9762d970b4d2c63678835bd39d, ST2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKQYAC0RQ",
        "21, 0000000000000000000000000000000000000001, SN00000000000000000005341MC8",
        "0,  ffffffffffffffffffffffffffffffffffffffff, S03ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZX0D0GB",
        "31, ffffffffffffffffffffffffffffffffffffffff, SZ3ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZXE11ZC0"
    })
    void textAndBytesNameEachOther(int version, String hash, String text) {
        var address = Address.of(version, HexFormat.of().parseHex(hash));
        assertEquals(text, address.toString());
        assertEquals(address, Address.parse(text));
        assertEquals(address, Address.fromBytes(address.toArray()));
        assertEquals(version, address.version());
        assertEquals(hash, HexFormat.of().formatHex(address.hash160()));
        assertEquals(HexFormat.of().toHexDigits((byte) version) + hash, address.toHex());
    }

    @Test
    void everyAddressIsReadBack() {
        long seed = 20_261_121;
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            var hash = new byte[Address.HASH_SIZE];
            random.nextBytes(hash);
            // Leading zeros are where the encoding is subtle.
            for (int zeros = random.nextInt(Address.HASH_SIZE); zeros > 0 && i % 2 == 0; zeros--) {
                hash[zeros - 1] = 0;
            }
            var address = Address.of(i % 32, hash);
            assertEquals(address, Address.parse(address.toString()), "seed " + seed + " case " + i);
            assertArrayEquals(hash, address.hash160());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                             | 26 to 41 characters",
                "SC                                             | 26 to 41 characters",
                "SC00000000000000000000ERBZ0J00000000000000     | 26 to 41 characters",
                "TP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7      | starts with S",
                "sP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7      | starts with S",
                "Sp2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7      | character 2 ",
                "SP2j6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7      | character 4 ",
                "SCO0000000000000000000ERBZ0J                   | character 3 ",
                "SC0000000000000000000OERBZ0J                   | character 22 ",
                "SP2J6ZY48GVLEZ5V2V5RB9MP66SWI6PYKKNRV9EJU      | character 12 ",
                "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJU      | character 41 ",
                "SP2J6ZY48GV1EZ5V2V5-B9MP66SW86PYKKNRV9EJ7      | character 20 ",
                "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ8      | checksum",
                "SM2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7      | checksum",
                "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9E7J      | checksum",
                "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ       | checksum",
                "SC0000000000000000000ERBZ0J                    | too many or too few zeros",
                "SC000000000000000000000ERBZ0J                  | too many or too few zeros",
                "SP02J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7     | 26 to 41 characters",
                "SPZJ6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EJ7      | more than 20 bytes"
            })
    void anythingElseIsRefusedWithAReason(String text, String reason) {
        var thrown = assertThrows(MalformedDataException.class, () -> Address.parse(text));
        assertTrue(String.valueOf(thrown.getMessage()).contains(reason), thrown.getMessage());
    }

    @Test
    void everyTypoIsRefusedAndItsPlaceFound() {
        for (int i = 0; i < SAMPLE.length(); i++) {
            for (int c = 0; c < ALPHABET.length(); c++) {
                var typo = new StringBuilder(SAMPLE);
                typo.setCharAt(i, ALPHABET.charAt(c));
                if (!SAMPLE.contentEquals(typo)) {
                    assertThrows(
                            MalformedDataException.class, () -> Address.parse(typo.toString()));
                }
            }
        }
        for (int i = 0; i < SAMPLE.length(); i += 8) {
            var typo = new StringBuilder(SAMPLE);
            typo.setCharAt(i, 'o');
            assertEquals(OptionalInt.of(i + 1), AddressTypo.find(typo.toString()));
        }
        assertEquals(
                OptionalInt.of(40), AddressTypo.find("SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9E7J"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S", "SP2J6ZY48GV1EZ5V2V5RB9MP66SW86PYKKNRV9EAA", SAMPLE})
    void noPlaceIsNamedForWhatIsNotOneTypoAway(String text) {
        assertEquals(OptionalInt.empty(), AddressTypo.find(text));
    }

    @Test
    void refusesVersionsAndLengthsThatDoNotExist() {
        for (int version : new int[] {-1, 32, 255, 256}) {
            assertThrows(MalformedDataException.class, () -> Address.of(version, new byte[20]));
        }
        for (int size : new int[] {0, 19, 21, 32}) {
            assertThrows(MalformedDataException.class, () -> Address.of(12, new byte[size]));
        }
        for (int size : new int[] {0, 20, 22}) {
            assertThrows(MalformedDataException.class, () -> Address.fromBytes(new byte[size]));
        }
        for (int first : new int[] {32, 0x7f, 0x80, 0xff}) {
            var bytes = new byte[Address.SIZE];
            bytes[0] = (byte) first;
            assertThrows(MalformedDataException.class, () -> Address.fromBytes(bytes));
        }
    }

    @Test
    void aDigestNamesAnAddressByItsHead() {
        var digest = Hash.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        assertEquals(
                "0b000102030405060708090a0b0c0d0e0f10111213", Address.ofDigest(11, digest).toHex());
    }

    @Test
    void aNetworkAdmitsItsOwnVersionsOnly() {
        for (int version = 0; version < 32; version++) {
            var address = Address.of(version, new byte[20]);
            assertEquals(version == 12 || version == 10, AddressVersions.MAINNET.admit(address));
            assertEquals(version == 13 || version == 11, AddressVersions.TESTNET.admit(address));
        }
        assertThrows(IllegalArgumentException.class, () -> new AddressVersions(12, 12));
        assertThrows(IllegalArgumentException.class, () -> new AddressVersions(32, 10));
        assertThrows(IllegalArgumentException.class, () -> new AddressVersions(12, -1));
    }

    @Test
    void ordersByVersionThenBytes() {
        var low = new byte[20];
        var high = new byte[20];
        high[0] = (byte) 0x80;
        assertTrue(Address.of(1, high).compareTo(Address.of(2, low)) < 0);
        assertTrue(Address.of(1, low).compareTo(Address.of(1, high)) < 0);
        assertFalse(Address.of(1, low).equals(Address.of(2, low)));
    }
}
