package io.computronium.cli.home;

import io.computronium.cli.keystore.NodeKeys;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.genesis.GenesisDocument;
import io.computronium.genesis.GenesisJson;
import io.computronium.primitives.NodeId;
import io.computronium.primitives.crypto.KeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The folder of one node; see the package for what is in it.
 *
 * @param folder absolute
 */
public record NodeHome(Path folder) {

    private static final String CONFIGURATION = "node.toml";
    private static final String GENESIS = "genesis.json";
    private static final String NODE_KEY = "node";
    private static final String VALIDATOR_KEY = "validator";
    private static final int MAX_CONFIGURATION_BYTES = 64 * 1024;

    public NodeHome {
        folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Fills the folder of a new node.
     *
     * @param values what differs from the defaults
     * @throws Failure if there is a node in it already
     */
    public void create(
            GenesisDocument genesis,
            KeyPair nodeKey,
            KeyPair validatorKey,
            Map<Setting, String> values) {
        if (Files.exists(file(CONFIGURATION))) {
            throw new Failure(
                    ErrorCode.HOME,
                    "there is a node in " + folder + " already",
                    "choose another --home, or start it with cptm node start --home " + folder);
        }
        try {
            Files.createDirectories(folder);
            var keys = keys();
            keys.store(NODE_KEY, nodeKey);
            keys.store(VALIDATOR_KEY, validatorKey);
            write(GENESIS, GenesisJson.write(genesis));
            // Last, since it is what tells a complete home.
            configure(values);
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    /** Replaces the configuration. */
    public void configure(Map<Setting, String> values) {
        try {
            write(CONFIGURATION, NodeToml.write(values).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    /** Whether a node was created here. */
    public boolean exists() {
        return Files.exists(file(CONFIGURATION));
    }

    /**
     * What is in force.
     *
     * @param flags from the command line
     * @param variables the environment
     * @throws Failure that lists every fault
     */
    public Settings settings(Map<Setting, String> flags, Map<String, String> variables) {
        return Settings.of(flags, variables, configuration());
    }

    public GenesisDocument genesis() {
        requireNode();
        return GenesisFile.read(file(GENESIS));
    }

    public KeyPair nodeKey() {
        return keys().load(NODE_KEY);
    }

    public KeyPair validatorKey() {
        return keys().load(VALIDATOR_KEY);
    }

    /** What peers know the node by. */
    public NodeId nodeId() {
        return NodeId.ofKey(nodeKey().publicKey());
    }

    /** Where the node keeps blocks and state. */
    public Path data() {
        return file("data");
    }

    public Path log() {
        return file("node.log");
    }

    private String configuration() {
        requireNode();
        try (var in = Files.newInputStream(file(CONFIGURATION))) {
            var bytes = in.readNBytes(MAX_CONFIGURATION_BYTES + 1);
            if (bytes.length > MAX_CONFIGURATION_BYTES) {
                throw new Failure(
                        ErrorCode.CONFIG,
                        file(CONFIGURATION) + " has more than 64 KiB",
                        "write it anew; cptm node init in another folder shows how it looks");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    private void requireNode() {
        if (!exists()) {
            throw new Failure(
                    ErrorCode.HOME,
                    "there is no node in " + folder,
                    "make one with cptm node init --home " + folder);
        }
    }

    private NodeKeys keys() {
        return new NodeKeys(file("keys"));
    }

    private void write(String name, byte[] content) throws IOException {
        var draft = file(name + ".draft");
        Files.write(draft, content);
        Files.move(
                draft,
                file(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private Failure failed(String what, IOException e) {
        return new Failure(
                ErrorCode.IO,
                "cannot " + what + " in " + folder + ": " + e,
                "check the folder, its owner and the disk",
                e);
    }
}
