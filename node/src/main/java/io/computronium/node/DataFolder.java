package io.computronium.node;

import io.computronium.primitives.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that a node keeps its data in, and which chain the data are of. */
final class DataFolder {

    private final Path folder;

    private DataFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens the folder, or makes it.
     *
     * @throws NodeStartException if it holds the data of another chain, or cannot be used
     */
    static DataFolder open(Path folder, Hash genesisHash) {
        Path marker = folder.resolve("genesis-hash");
        try {
            Files.createDirectories(folder);
            if (Files.notExists(marker)) {
                Files.writeString(marker, genesisHash.toHex());
            }
            String found = Files.readString(marker).strip();
            if (!found.equals(genesisHash.toHex())) {
                throw new NodeStartException(
                        folder
                                + " holds the data of the chain with genesis "
                                + found
                                + ", this one has "
                                + genesisHash
                                + ". Choose another folder, or the genesis file that belongs to"
                                + " it.");
            }
        } catch (IOException e) {
            throw new NodeStartException("cannot use the data folder: " + e.getMessage(), e);
        }
        return new DataFolder(folder);
    }

    Path blocks() {
        return folder.resolve("blocks");
    }

    Path state() {
        return folder.resolve("state");
    }

    Path wal() {
        return folder.resolve("wal");
    }

    Path signer() {
        return signer(folder);
    }

    /** The part of a data folder, open or not, that the signer file is in. */
    static Path signer(Path folder) {
        return folder.resolve("signer");
    }
}
