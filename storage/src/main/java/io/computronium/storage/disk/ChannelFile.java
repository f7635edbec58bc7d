package io.computronium.storage.disk;

import io.computronium.storage.StorageFailureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** A {@link DiskFile} of a real folder. */
final class ChannelFile implements DiskFile {

    private final Path path;
    private final FileChannel channel;

    ChannelFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public byte[] read(long position, int length) {
        var buffer = ByteBuffer.allocate(length);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position()) < 0) {
                    return Arrays.copyOf(buffer.array(), buffer.position());
                }
            }
        } catch (IOException e) {
            throw failure(e);
        }
        return buffer.array();
    }

    @Override
    public void write(long position, byte[] bytes, int offset, int length) {
        var buffer = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, position + buffer.position() - offset);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void force() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private StorageFailureException failure(IOException cause) {
        return new StorageFailureException("cannot access " + path, cause);
    }
}
