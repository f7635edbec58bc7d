package io.computronium.primitives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {

    private static final String SYSTEM = "SD000000000000000000003EFWXZ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "Z",
                "pay",
                "acme-token",
                "A_b-9",
                "a234567890123456789012345678901234567890"
            })
    void aContractIsReadBackFromTextAndBytes(String name) {
        var contract = Principal.of(Address.parse(SYSTEM), name);
        assertTrue(contract.isContract());
        assertEquals(SYSTEM + "." + name, contract.toString());
        assertEquals(contract, Principal.parse(contract.toString()));
        assertEquals(contract, Principal.fromBytes(contract.toBytes()));
    }

    @Test
    void bytesAreVersionHashAndName() {
        var zeros = "0d" + "00".repeat(20);
        assertEquals(zeros, Principal.parse(SYSTEM).toBytes().toHex());
        assertEquals(zeros + "706179", Principal.parse(SYSTEM + ".pay").toBytes().toHex());
    }

    @Test
    void anAccountIsReadBackFromTextAndBytes() {
        var account = Principal.parse(SYSTEM);
        assertFalse(account.isContract());
        assertEquals(SYSTEM, account.toString());
        assertEquals(account, Principal.fromBytes(account.toBytes()));
        assertEquals(account, Principal.of(Address.parse(SYSTEM)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1a",
                "-a",
                "_a",
                "a.b",
                "a b",
                "a!",
                "\u00e4",
                "a\u00e4",
                "a\u0000",
                "a2345678901234567890123456789012345678901"
            })
    void refusesOtherNames(String name) {
        assertFalse(Principal.isContractName(name));
        assertThrows(MalformedDataException.class, () -> Principal.parse(SYSTEM + "." + name));
        var address = Address.parse(SYSTEM);
        assertThrows(MalformedDataException.class, () -> Principal.of(address, name));
    }

    @Test
    void refusesOtherBytes() {
        var account = Principal.parse(SYSTEM).toBytes().toArray();
        for (int size : new int[] {0, 1, 20}) {
            var cut = Arrays.copyOf(account, size);
            assertThrows(MalformedDataException.class, () -> Principal.fromBytes(cut));
        }
        for (int last : new int[] {0, '.', '1', 0xe4, 0xff}) {
            var named = Arrays.copyOf(account, 22);
            named[21] = (byte) last;
            assertThrows(MalformedDataException.class, () -> Principal.fromBytes(named));
        }
        var tooLong = Arrays.copyOf(account, Principal.MAX_SIZE + 1);
        Arrays.fill(tooLong, Address.SIZE, tooLong.length, (byte) 'a');
        assertThrows(MalformedDataException.class, () -> Principal.fromBytes(tooLong));
    }

    @Test
    void orderIsThatOfTheBytes() {
        var sorted =
                List.of(
                        Principal.parse("SC00000000000000000000ERBZ0J.z"),
                        Principal.parse(SYSTEM),
                        Principal.parse(SYSTEM + ".A"),
                        Principal.parse(SYSTEM + ".a"),
                        Principal.parse(SYSTEM + ".a-"),
                        Principal.parse(SYSTEM + ".aa"));
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = 0; j < sorted.size(); j++) {
                var one = sorted.get(i);
                var other = sorted.get(j);
                assertEquals(Integer.signum(i - j), Integer.signum(one.compareTo(other)));
                assertEquals(
                        Integer.signum(i - j),
                        Integer.signum(one.toBytes().compareTo(other.toBytes())));
            }
        }
    }
}
