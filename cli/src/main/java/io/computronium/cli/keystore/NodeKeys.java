package io.computronium.cli.keystore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.computronium.cli.json.Fields;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.primitives.MalformedDataException;
import io.computronium.primitives.crypto.KeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** The folder of a node's keys: one file each, not encrypted. */
public final class NodeKeys {

    private static final String SCHEMA = "cptm.nodekey.v1";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;

    /**
     * @param folder need not exist yet
     */
    public NodeKeys(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes {@code key} to {@code <name>.json}.
     *
     * @throws Failure if the file exists
     */
    public void store(String name, KeyPair key) {
        var seed = key.seed();
        try {
            var node =
                    JSON.createObjectNode()
                            .put("schema", SCHEMA)
                            .put("publicKey", key.publicKey().toHex())
                            .put("seed", HexFormat.of().formatHex(seed));
            var text = node.toPrettyString() + "\n";
            PrivateFiles.createFolder(folder);
            PrivateFiles.writeNew(file(name), text.getBytes(StandardCharsets.UTF_8));
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /**
     * Reads a key.
     *
     * @throws Failure if the file is missing, damaged or open to others
     */
    public KeyPair load(String name) {
        var file = file(name);
        if (!Files.exists(file)) {
            throw new Failure(
                    ErrorCode.KEY_UNKNOWN,
                    "there is no key file " + file,
                    "restore it from a backup, or make a new node with cptm node init");
        }
        var content = PrivateFiles.read(file);
        try {
            var fields = Fields.of(JSON.readTree(content));
            fields.requireText("schema", SCHEMA);
            var key = KeyPair.fromSeed(fields.hex("seed").toArray());
            fields.requireText("publicKey", key.publicKey().toHex());
            return key;
        } catch (JsonProcessingException e) {
            throw PrivateFiles.damaged(file, "not JSON");
        } catch (IOException | IllegalArgumentException | MalformedDataException e) {
            throw PrivateFiles.damaged(file, String.valueOf(e.getMessage()));
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".json");
    }
}
