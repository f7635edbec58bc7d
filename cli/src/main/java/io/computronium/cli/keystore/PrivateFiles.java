package io.computronium.cli.keystore;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that only their owner may read, in folders that only their owner may enter. Where the file
 * system knows no modes, nothing is set and nothing checked.
 */
final class PrivateFiles {

    /** No file here is larger. */
    static final int MAX_BYTES = 16 * 1024;

    private static final Set<PosixFilePermission> FILE_MODE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER_MODE =
            PosixFilePermissions.fromString("rwx------");
    private static final boolean HAS_MODES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    static void createFolder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, attributes(FOLDER_MODE));
            }
        } catch (IOException e) {
            throw unusable("cannot make the folder " + folder, e);
        }
    }

    /**
     * Writes a new file as a whole: after a crash there is all of it or nothing.
     *
     * @throws Failure if it exists already
     */
    static void writeNew(Path file, byte[] content) {
        if (Files.exists(file)) {
            throw exists(file);
        }
        try {
            var draft = Files.createTempFile(file.getParent(), ".draft", "", attributes(FILE_MODE));
            try {
                try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                    var rest = ByteBuffer.wrap(content);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                    channel.force(true);
                }
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw unusable("cannot write " + file, e);
        }
    }

    /**
     * The content of a file that others cannot read and in whose folder others cannot write.
     *
     * @throws Failure also if it has more than {@value #MAX_BYTES} bytes
     */
    static byte[] read(Path file) {
        requireOwn(file, FILE_MODE, "chmod 600 " + file);
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            var writable = EnumSet.allOf(PosixFilePermission.class);
            writable.remove(PosixFilePermission.GROUP_WRITE);
            writable.remove(PosixFilePermission.OTHERS_WRITE);
            requireOwn(folder, writable, "chmod 700 " + folder);
        }
        try (var in = Files.newInputStream(file)) {
            var content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw damaged(file, "it has more than " + MAX_BYTES + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw unusable("cannot read " + file, e);
        }
    }

    static Failure damaged(Path file, String fault) {
        return new Failure(
                ErrorCode.KEY_DAMAGED,
                "the key file " + file + " is damaged: " + fault,
                "restore it from a backup");
    }

    private static Failure exists(Path file) {
        return new Failure(
                ErrorCode.KEY_EXISTS,
                "there is a key already: " + file,
                "choose another name; a key file is never overwritten");
    }

    private static void requireOwn(Path path, Set<PosixFilePermission> allowed, String remedy) {
        if (!HAS_MODES) {
            return;
        }
        try {
            var mode = Files.getPosixFilePermissions(path);
            if (!allowed.containsAll(mode)) {
                throw new Failure(
                        ErrorCode.KEY_PERMISSIONS,
                        "others have access to "
                                + path
                                + " ("
                                + PosixFilePermissions.toString(mode)
                                + ")",
                        "run: " + remedy + "; if others could read a key, move its funds");
            }
        } catch (IOException e) {
            throw unusable("cannot read " + path, e);
        }
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> mode) {
        return HAS_MODES
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
                : new FileAttribute<?>[0];
    }

    private static Failure unusable(String what, IOException e) {
        return new Failure(
                ErrorCode.IO, what + ": " + e, "check the folder, its owner and the disk", e);
    }
}
