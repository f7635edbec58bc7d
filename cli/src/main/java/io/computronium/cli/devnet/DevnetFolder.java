package io.computronium.cli.devnet;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.computronium.cli.home.NodeHome;
import io.computronium.cli.home.Setting;
import io.computronium.cli.json.Fields;
import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import io.computronium.genesis.Devnet;
import io.computronium.genesis.GenesisDocument;
import io.computronium.primitives.NodeId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a devnet: one home a validator, and a marker that says that the folder is ours to
 * delete. Locked while open, so that no second devnet runs in it.
 */
public final class DevnetFolder implements AutoCloseable {

    /** 2025-01-01. A fixed time makes the same genesis everywhere, hash included. */
    private static final long GENESIS_TIME_MILLIS = 1_735_689_600_000L;

    public static final int MAX_VALIDATORS = 32;

    private static final String MARKER = "devnet.json";

    /**
     * Only ever opened to lock it: closing any handle of a file drops the process's locks on it.
     */
    private static final String LOCK = "lock";

    private static final String SCHEMA = "cptm.devnet.v1";
    private static final String LOOPBACK = "127.0.0.1";
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final FileChannel lock;
    private final int validators;

    private DevnetFolder(Path folder, FileChannel lock, int validators) {
        this.folder = folder;
        this.lock = lock;
        this.validators = validators;
    }

    /**
     * Opens the folder, filling it if it is new.
     *
     * @param validators 1 to {@link #MAX_VALIDATORS}
     * @param reset whether to delete first what an earlier devnet left there
     * @throws Failure if it is in use, holds something else or another number of validators
     */
    public static DevnetFolder open(Path folder, int validators, boolean reset) {
        try {
            requireOurs(folder);
            mark(folder);
            var lock = lock(folder);
            try {
                if (reset) {
                    deleteHomes(folder);
                }
                prepare(folder, validators);
                return new DevnetFolder(folder, lock, validators);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Failure(
                    ErrorCode.IO,
                    "cannot use the folder " + folder + ": " + e,
                    "check its owner and the disk, or choose another --home",
                    e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** What the nodes agree on. */
    public GenesisDocument genesis() {
        return genesis(validators);
    }

    /** The nodes' homes, in the order of their validators. */
    public List<NodeHome> homes() {
        var homes = new ArrayList<NodeHome>();
        for (int i = 0; i < validators; i++) {
            homes.add(home(folder, i));
        }
        return homes;
    }

    /**
     * Writes the configuration of all nodes: consecutive ports from these on, each knowing all
     * others.
     */
    public void configure(int rpcPort, int p2pPort, String logLevel) {
        var peers = new ArrayList<String>();
        for (int i = 0; i < validators; i++) {
            var id = NodeId.ofKey(Devnet.key(nodeName(i)).publicKey());
            peers.add(id + "@" + LOOPBACK + ":" + (p2pPort + i));
        }
        for (int i = 0; i < validators; i++) {
            var others = new ArrayList<>(peers);
            others.remove(i);
            Map<Setting, String> values = new EnumMap<>(Setting.class);
            values.put(Setting.NAME, Devnet.validator(i));
            values.put(Setting.RPC_HOST, LOOPBACK);
            values.put(Setting.RPC_PORT, Integer.toString(rpcPort + i));
            values.put(Setting.P2P_HOST, LOOPBACK);
            values.put(Setting.P2P_PORT, Integer.toString(p2pPort + i));
            values.put(Setting.P2P_PEERS, String.join(",", others));
            values.put(Setting.LOG_LEVEL, logLevel);
            home(folder, i).configure(values);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new Failure(ErrorCode.IO, "cannot unlock " + folder, "check the disk", e);
        }
    }

    /** Creates the homes that are missing, after checking that those there fit. */
    private static void prepare(Path folder, int validators) throws IOException {
        var marker = folder.resolve(MARKER);
        if (Files.size(marker) > 0) {
            int found = markedValidators(marker);
            if (found != validators) {
                throw new Failure(
                        ErrorCode.HOME,
                        "the devnet in " + folder + " has " + found + " validators",
                        "start it with --validators " + found + ", or delete it with --reset");
            }
        }
        var genesis = genesis(validators);
        for (int i = 0; i < validators; i++) {
            var home = home(folder, i);
            if (!home.exists()) {
                // What a crash left of an unfinished creation.
                delete(home.folder());
                home.create(
                        genesis,
                        Devnet.key(nodeName(i)),
                        Devnet.key(Devnet.validator(i)),
                        Map.of());
            }
        }
        var text = JSON.createObjectNode().put("schema", SCHEMA).put("validators", validators);
        Files.writeString(marker, text + "\n");
    }

    private static int markedValidators(Path marker) throws IOException {
        try {
            var fields = Fields.of(JSON.readTree(Files.readString(marker)));
            fields.requireText("schema", SCHEMA);
            return fields.number("validators");
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ErrorCode.HOME,
                    "the devnet in " + marker.getParent() + " is of another version",
                    "delete it with --reset",
                    e);
        }
    }

    /** An existing folder without the marker belongs to somebody else, unless it is empty. */
    private static void requireOurs(Path folder) throws IOException {
        if (!Files.exists(folder) || Files.exists(folder.resolve(MARKER))) {
            return;
        }
        try (var entries = Files.newDirectoryStream(folder)) {
            if (entries.iterator().hasNext()) {
                throw new Failure(
                        ErrorCode.HOME,
                        folder + " holds something that is not a devnet",
                        "choose another --home; nothing was touched");
            }
        }
    }

    /** From now on the folder is ours. What the marker says is written once the homes are there. */
    private static void mark(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!Files.exists(folder.resolve(MARKER))) {
            Files.createFile(folder.resolve(MARKER));
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new Failure(
                    ErrorCode.HOME_IN_USE,
                    "another devnet runs in " + folder,
                    "stop it, or choose another --home, --rpc-port and --p2p-port");
        }
        return channel;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Deletes the homes, and nothing that a devnet did not make. */
    private static void deleteHomes(Path folder) throws IOException {
        for (int i = 0; i < MAX_VALIDATORS; i++) {
            delete(home(folder, i).folder());
        }
        Files.writeString(folder.resolve(MARKER), "");
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        // Links are deleted, not followed.
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException e) throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static GenesisDocument genesis(int validators) {
        return Devnet.genesis(validators, GENESIS_TIME_MILLIS);
    }

    private static NodeHome home(Path folder, int index) {
        return new NodeHome(folder.resolve(Devnet.validator(index)));
    }

    /** The name that the key of a node, as opposed to its validator, is made from. */
    private static String nodeName(int index) {
        return "node-" + (index + 1);
    }
}
