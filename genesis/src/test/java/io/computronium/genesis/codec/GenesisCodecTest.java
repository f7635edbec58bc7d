package io.computronium.genesis.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.computronium.genesis.Devnet;
import io.computronium.genesis.GenesisDocument;
import io.computronium.genesis.GenesisJson;
import io.computronium.primitives.Bytes;
import io.computronium.primitives.MalformedDataException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class GenesisCodecTest {

    private static final GenesisDocument DEVNET = Devnet.genesis(4, 1_800_000_000_000L);

    /** The bytes are consensus: if this fails, so does every signature ever made. */
    @Test
    void bytesAndHashesAreThoseOfTheVector() throws IOException {
        GenesisDocument document = GenesisJson.read(resource("devnet.json"));
        assertEquals(DEVNET, document);
        JsonNode vector = new JsonMapper().readTree(resource("genesis.json"));
        assertEquals(vector.get("bytes").textValue(), hex(GenesisCodec.DOCUMENT.encode(document)));
        assertEquals(vector.get("genesisHash").textValue(), GenesisCodec.hashOf(document).toHex());
        assertEquals(
                vector.get("parameters").textValue(),
                hex(GenesisCodec.PARAMETERS.encode(document.parameters())));
        assertEquals(
                vector.get("parametersHash").textValue(),
                GenesisCodec.hashOf(document.parameters()).toHex());
        assertEquals(
                vector.get("genesisHash").textValue(),
                GenesisCodec.identityOf(document).genesisHash().toHex());
    }

    @Test
    void readsWhatItWrites() {
        byte[] bytes = GenesisCodec.DOCUMENT.encode(DEVNET);
        assertEquals(DEVNET, GenesisCodec.DOCUMENT.decode(bytes));
        byte[] parameters = GenesisCodec.PARAMETERS.encode(DEVNET.parameters());
        assertEquals(DEVNET.parameters(), GenesisCodec.PARAMETERS.decode(parameters));
    }

    @Test
    void hashIsOverWhatTheJsonSaysAndNotOverHowItIsWritten() throws IOException {
        String pretty =
                new String(GenesisJson.write(DEVNET), java.nio.charset.StandardCharsets.UTF_8);
        byte[] compact = new JsonMapper().writeValueAsBytes(new JsonMapper().readTree(pretty));
        assertEquals(GenesisCodec.hashOf(DEVNET), GenesisCodec.hashOf(GenesisJson.read(compact)));
        assertNotEquals(
                GenesisCodec.hashOf(DEVNET),
                GenesisCodec.hashOf(Devnet.genesis(4, 1_800_000_000_001L)));
    }

    @Test
    void refusesBytesOfNoValidDocument() {
        byte[] bytes = GenesisCodec.DOCUMENT.encode(DEVNET);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThrows(MalformedDataException.class, () -> GenesisCodec.DOCUMENT.decode(longer));
        assertThrows(MalformedDataException.class, () -> GenesisCodec.DOCUMENT.decode(new byte[0]));
        assertThrows(
                MalformedDataException.class, () -> GenesisCodec.PARAMETERS.decode(new byte[0]));
        // Every single byte counts: no other bytes give a document that is the same.
        for (int i = 0; i < bytes.length; i++) {
            byte[] mutated = bytes.clone();
            mutated[i] ^= 1;
            try {
                assertNotEquals(DEVNET, GenesisCodec.DOCUMENT.decode(mutated), "byte " + i);
            } catch (MalformedDataException refused) {
                // As it may be.
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = GenesisCodecTest.class.getResourceAsStream("/vectors/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static String hex(byte[] bytes) {
        return Bytes.owned(bytes).toHex();
    }
}
