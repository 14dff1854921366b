package org.realm4knime.engine.problem.file;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

/** A file of text: UTF-8, or UTF-16 or UTF-32 with or without a byte order mark. */
final class TextFile {

    private static final int HEAD = 4096;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private record Mark(List<Integer> bytes, Charset charset) {

        boolean begins(byte[] head) {
            for (int i = 0; i < bytes.size(); i++) {
                if (i >= head.length || (head[i] & 0xFF) != bytes.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The longer marks first: UTF-32's begins as UTF-16's does. */
    private static final List<Mark> MARKS = List.of(
            new Mark(List.of(0xFF, 0xFE, 0, 0), Charset.forName("UTF-32LE")),
            new Mark(List.of(0, 0, 0xFE, 0xFF), Charset.forName("UTF-32BE")),
            new Mark(List.of(0xEF, 0xBB, 0xBF), StandardCharsets.UTF_8),
            new Mark(List.of(0xFF, 0xFE), StandardCharsets.UTF_16LE),
            new Mark(List.of(0xFE, 0xFF), StandardCharsets.UTF_16BE));

    private TextFile() {}

    /**
     * Opens a file, behind its byte order mark.
     *
     * @param progress asked, while it is read, whether to stop
     * @return its text; reading it throws a {@link java.nio.charset.CharacterCodingException} where the encoding is
     *     wrong, and an {@link AskingStream.CanceledException} where the user asked to stop
     * @throws EngineException if the file does not exist, or is no text
     */
    static BufferedReader open(Path file, Progress progress) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new EngineException(file + (Files.isDirectory(file) ? " is a folder" : " does not exist")
                    + ". Check the path to the file.");
        }
        byte[] head = head(file);
        ForeignFile.refuse(file, head);
        Mark mark = MARKS.stream()
                .filter(m -> m.begins(head))
                .findFirst()
                .orElseGet(() -> new Mark(List.of(), withoutMark(file, head)));
        InputStream bytes = new AskingStream(Files.newInputStream(file), progress);
        bytes.skipNBytes(mark.bytes().size());
        return new BufferedReader(new InputStreamReader(bytes, strict(mark.charset())));
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return bytes.readNBytes(HEAD);
        }
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** In UTF-16 every other byte of ordinary text is zero; UTF-8 has no zeros. */
    private static Charset withoutMark(Path file, byte[] head) {
        long even = zeros(head, 0);
        long odd = zeros(head, 1);
        if (even + odd == 0) {
            return StandardCharsets.UTF_8;
        }
        if (even == 0 && odd * 4 > head.length) {
            return StandardCharsets.UTF_16LE;
        }
        if (odd == 0 && even * 4 > head.length) {
            return StandardCharsets.UTF_16BE;
        }
        throw new EngineException(
                file + " holds bytes that are no text. Give a JSON Lines, JSON or CSV file in UTF-8.");
    }

    private static long zeros(byte[] head, int first) {
        long count = 0;
        for (int i = first; i < head.length; i += 2) {
            count += head[i] == 0 ? 1 : 0;
        }
        return count;
    }

    /** The error for a file whose text cannot be decoded; it says where, and what the byte may mean. */
    static EngineException undecodable(Path file, Exception cause) {
        String where = "";
        try {
            where = firstWrongByte(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new EngineException(
                file + " is not encoded in UTF-8" + where
                        + ". Save the file as UTF-8 (in Excel: 'CSV UTF-8'), or read it"
                        + " with KNIME's CSV Reader node, whose settings have the encoding, and connect its table.",
                cause);
    }

    private static String firstWrongByte(Path file) throws IOException {
        long number = 1;
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            for (byte[] line = line(bytes); line != null; line = line(bytes)) {
                ByteBuffer in = ByteBuffer.wrap(line);
                CoderResult result =
                        strict(StandardCharsets.UTF_8).decode(in, CharBuffer.allocate(line.length + 1), true);
                if (result.isError()) {
                    byte wrong = line[in.position()];
                    return ": line %d has the byte %02X%s".formatted(number, wrong & 0xFF, inWindows(wrong));
                }
                number++;
            }
        }
        return "";
    }

    private static String inWindows(byte wrong) {
        String letter = new String(new byte[] {wrong}, WINDOWS);
        return letter.equals("\uFFFD") ? "" : ", which is '" + letter + "' in Windows-1252";
    }

    private static byte[] line(InputStream bytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = bytes.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = bytes.read()) {
            line.write(next);
        }
        return line.toByteArray();
    }
}
