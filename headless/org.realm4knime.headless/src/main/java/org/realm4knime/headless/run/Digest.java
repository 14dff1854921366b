package org.realm4knime.headless.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.base.AbstractConfigEntry;

/** SHA-256 of content: the same for the same settings, table or port object, whenever it was written. */
final class Digest {

    private static final String FILE_STORE_KEYS = "content.xml";
    private static final int ZIP_MAGIC_LENGTH = 4;

    private final MessageDigest sha;

    Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds a text; its length goes first, so that "ab","c" and "a","bc" differ. */
    Digest add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        sha.update(bytes);
        return this;
    }

    Digest add(int number) {
        sha.update(new byte[] {
            (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number,
        });
        return this;
    }

    /** Adds keys, types and values. */
    Digest add(NodeSettings settings) {
        add(settings.keySet().size());
        for (String key : settings.keySet()) {
            AbstractConfigEntry entry = settings.getEntry(key);
            add(key).add(entry.getType().name());
            if (entry instanceof NodeSettings group) {
                add(group);
            } else {
                add(String.valueOf(entry.toStringValue()));
            }
        }
        return this;
    }

    /** Adds column names and types and all cells; row keys too. */
    Digest add(BufferedDataTable table) {
        for (DataColumnSpec column : table.getDataTableSpec()) {
            add(column.getName()).add(column.getType().toString());
        }
        for (DataRow row : table) {
            add(row.getKey().getString());
            for (DataCell cell : row) {
                add(cell.isMissing() ? 0 : 1).add(cell.toString());
            }
        }
        return this;
    }

    /**
     * Adds names and contents of a port object's archive, not its entries' times; archives in it likewise. The entry
     * that names the object's file stores is left out, as their keys are drawn anew in every run.
     */
    Digest addArchive(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            addArchive(in, FILE_STORE_KEYS);
        }
        return this;
    }

    private void addArchive(InputStream in, String without) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals(without)) {
                continue;
            }
            add(entry.getName());
            PushbackInputStream content = new PushbackInputStream(zip, ZIP_MAGIC_LENGTH);
            byte[] head = content.readNBytes(ZIP_MAGIC_LENGTH);
            content.unread(head);
            if (head.length == ZIP_MAGIC_LENGTH && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
                addArchive(content, "");
            } else {
                byte[] buffer = new byte[1 << 16];
                for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                    sha.update(buffer, 0, n);
                }
            }
        }
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(sha.digest());
    }
}
