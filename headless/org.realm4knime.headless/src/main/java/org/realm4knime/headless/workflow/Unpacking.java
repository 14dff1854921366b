package org.realm4knime.headless.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks an archive that somebody may have made to fill the disk: what comes out is counted, whatever the archive says
 * of itself.
 *
 * @param entries files and folders, at most
 * @param bytes of all files together, at most
 * @param ratio how many times the archive's own size they may take; it counts only above {@link #ALWAYS_ALLOWED}
 */
record Unpacking(int entries, long bytes, int ratio) {

    /** Far above what workflows have, data and models included. */
    static final Unpacking USUAL = new Unpacking(100_000, 64L << 30, 100);

    /** Bytes that hurt no disk; small archives of one file may shrink it very much. */
    static final long ALWAYS_ALLOWED = 256L << 20;

    private static final int BUFFER = 1 << 16;

    /**
     * Unpacks.
     *
     * @param archive a zip file
     * @param target an empty folder
     * @throws IOException if the archive is broken, would write outside of the folder or is larger than the limits
     */
    void unpack(Path archive, Path target) throws IOException {
        long most = Math.min(bytes, Math.max(ALWAYS_ALLOWED, ratio * Files.size(archive)));
        long left = most;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() > entries) {
                throw new ZipException(
                        "it has %d entries, and at most %d are unpacked. %s".formatted(zip.size(), entries, wayOut()));
            }
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                Path file = place(entry, target);
                Files.createDirectories(entry.isDirectory() ? file : file.getParent());
                if (!entry.isDirectory()) {
                    left = copy(zip, entry, file, left);
                }
                if (left < 0) {
                    throw new ZipException(
                            ("unpacked it would take more than %d MB, which is far more than its size of %d KB lets"
                                            + " expect. %s")
                                    .formatted(most >> 20, Files.size(archive) >> 10, wayOut()));
                }
            }
        } catch (IllegalArgumentException e) { // names that are no text
            throw new ZipException("its list of entries is damaged");
        }
    }

    private static String wayOut() {
        return "If you trust it, unpack it yourself (unzip reads it) and name the folder";
    }

    private static Path place(ZipEntry entry, Path target) throws IOException {
        try {
            Path file = target.resolve(entry.getName()).normalize();
            if (!file.startsWith(target) || file.equals(target) && !entry.isDirectory()) {
                throw new ZipException("its entry " + entry.getName() + " lies outside the archive");
            }
            return file;
        } catch (InvalidPathException e) {
            throw new ZipException("its entry " + entry.getName() + " has a name that no file can have");
        }
    }

    /** Bytes that may still come; negative if there were more. */
    private static long copy(ZipFile zip, ZipEntry entry, Path file, long most) throws IOException {
        long left = most;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (int read = in.read(buffer); read >= 0 && left >= 0; read = in.read(buffer)) {
                left -= read;
                out.write(buffer, 0, read);
            }
        }
        return left;
    }
}
