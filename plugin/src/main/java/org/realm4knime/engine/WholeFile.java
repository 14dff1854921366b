package org.realm4knime.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes a file so that its name never stands for half of it: under another name, which ends in {@code .part}, then
 * reads it back, and only if it holds what was written it takes its name, in one piece. If anything fails, a file that
 * was there stays as it was, and nothing is left over.
 */
public final class WholeFile {

    /** Ends the name of a file or folder that is not whole yet. */
    public static final String PART = ".part";

    private static final int BUFFER = 1 << 20;

    private WholeFile() {}

    /** What is written, by work that may be canceled. */
    @FunctionalInterface
    public interface LongContent {

        /** Writes it; the channel takes all that is left in a buffer at once. */
        void write(WritableByteChannel out) throws IOException, CanceledJobException;
    }

    /** What is written. */
    @FunctionalInterface
    public interface Content extends LongContent {

        @Override
        void write(WritableByteChannel out) throws IOException;
    }

    /** What is written as text. */
    @FunctionalInterface
    public interface Text {

        /** Writes it. */
        void write(Writer out) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @param file replaced if it is there; its folder must be there
     * @throws IOException if it cannot be written or was not written rightly; it names the file
     */
    public static void write(Path file, Content content) throws IOException {
        try {
            write(file, content, Progress.silent());
        } catch (CanceledJobException e) {
            throw new IllegalStateException("Nobody can cancel this", e);
        }
    }

    /**
     * Writes a large file; see {@link #write(Path, Content)}.
     *
     * @param progress asked, while the file is read back, whether to stop
     * @throws CanceledJobException if the user asked to stop; a file that was there stays as it was
     */
    public static void write(Path file, LongContent content, Progress progress)
            throws IOException, CanceledJobException {
        Path part = file.resolveSibling(file.getFileName() + PART);
        try {
            if (writeNew(part, content) != checksum(part, progress)) {
                throw new IOException("what was read back is not what was written; check the disk");
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw naming(file, e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Writes bytes; see {@link #write(Path, Content)}. */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, (WritableByteChannel out) -> out.write(ByteBuffer.wrap(bytes)));
    }

    /** Writes UTF-8; see {@link #write(Path, Content)}. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes UTF-8 piece by piece; see {@link #write(Path, Content)}. */
    public static void writeText(Path file, Text text) throws IOException {
        write(file, (WritableByteChannel out) -> {
            try (Writer writer = Channels.newWriter(out, StandardCharsets.UTF_8.newEncoder(), BUFFER)) {
                text.write(writer);
            }
        });
    }

    /** A stream into a channel, for what writes to streams; to be closed, or flushed, before the content ends. */
    public static OutputStream stream(WritableByteChannel out) {
        return new BufferedOutputStream(Channels.newOutputStream(out), BUFFER);
    }

    /**
     * CRC-32C of a file, which finds damage, not malice.
     *
     * @throws IOException if it cannot be read
     */
    public static long checksum(Path file) throws IOException {
        try {
            return checksum(file, Progress.silent());
        } catch (CanceledJobException e) {
            throw new IllegalStateException("Nobody can cancel this", e);
        }
    }

    /**
     * The same of a large file.
     *
     * @throws CanceledJobException if the user asked to stop
     */
    public static long checksum(Path file, Progress progress) throws IOException, CanceledJobException {
        CRC32C checksum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer) >= 0) {
                progress.checkCanceled();
                checksum.update(buffer.flip());
                buffer.clear();
            }
        }
        return checksum.getValue();
    }

    private static long writeNew(Path part, LongContent content) throws IOException, CanceledJobException {
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            Summed out = new Summed(channel, new CRC32C());
            content.write(out);
            return out.checksum.getValue();
        }
    }

    /** Most reasons of the system, such as that the disk is full, come without the file that they are about. */
    private static IOException naming(Path file, IOException e) {
        if (e instanceof FileSystemException) {
            return e;
        }
        IOException named = new FileSystemException(file.toString(), null, IoReason.of(e));
        named.initCause(e);
        return named;
    }

    /** Adds up what is written to a file. */
    private record Summed(FileChannel channel, CRC32C checksum) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int count = bytes.remaining();
            checksum.update(bytes.duplicate());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            // who opened the file closes it
        }
    }
}
