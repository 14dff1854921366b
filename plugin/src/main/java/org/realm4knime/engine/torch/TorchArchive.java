package org.realm4knime.engine.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The archive that {@code torch::jit::load} reads, made in memory from TorchScript source.
 *
 * <p>It is a zip whose entries lie uncompressed in one folder:
 * <ul>
 *   <li>{@code code/__torch__.py}: the source, one class;
 *   <li>{@code data.pkl}: the module, an object of that class, as a Python pickle (protocol 2) whose state is the
 *       attribute {@code training};
 *   <li>{@code constants.pkl}: the tensor constants of the source, an empty tuple;
 *   <li>{@code version}: version of the archive and of the operators, as text.
 * </ul>
 * No weights: programs get theirs as arguments.
 */
final class TorchArchive {

    /** Operator version of PyTorch 1.12 and later, see {@code caffe2/serialize/versions.h}. */
    private static final String VERSION = "10\n";

    // opcodes of the pickle protocol, named as in Python's pickle.py
    private static final int PROTO = 0x80;
    private static final int GLOBAL = 'c';
    private static final int EMPTY_TUPLE = ')';
    private static final int NEWOBJ = 0x81;
    private static final int EMPTY_DICT = '}';
    private static final int MARK = '(';
    private static final int BINUNICODE = 'X';
    private static final int NEWTRUE = 0x88;
    private static final int SETITEMS = 'u';
    private static final int BUILD = 'b';
    private static final int STOP = '.';

    private TorchArchive() {}

    /**
     * Builds the archive.
     *
     * @param className name of the class in the source, without the {@code __torch__} prefix
     * @param source TorchScript in the serialised dialect, defining that class
     * @return the bytes of the zip
     */
    static byte[] build(String className, String source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            putStored(zip, "program/data.pkl", pickleModule(className));
            putStored(zip, "program/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            putStored(zip, "program/constants.pkl", pickleEmptyTuple());
            putStored(zip, "program/version", VERSION.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** {@code __torch__.<className>} without constructor arguments and with {@code training = True}. */
    private static byte[] pickleModule(String className) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(PROTO);
        out.write(2);
        out.write(GLOBAL);
        out.writeBytes(("__torch__\n" + className + "\n").getBytes(StandardCharsets.US_ASCII));
        out.write(EMPTY_TUPLE);
        out.write(NEWOBJ);
        out.write(EMPTY_DICT);
        out.write(MARK);
        writeString(out, "training");
        out.write(NEWTRUE);
        out.write(SETITEMS);
        out.write(BUILD);
        out.write(STOP);
        return out.toByteArray();
    }

    private static byte[] pickleEmptyTuple() {
        return new byte[] {(byte) PROTO, 2, EMPTY_TUPLE, STOP};
    }

    private static void writeString(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write(BINUNICODE);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(utf8.length >>> shift);
        }
        out.writeBytes(utf8);
    }

    /** PyTorch maps entries straight from the file, so they must not be compressed. */
    private static void putStored(ZipOutputStream zip, String name, byte[] data) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(data);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(data.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(data);
        zip.closeEntry();
    }
}
