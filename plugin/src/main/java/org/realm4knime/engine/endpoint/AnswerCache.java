package org.realm4knime.engine.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;

/**
 * Answers that were had before, a line of JSON each in a file for each model. A line has a hash of the question and not
 * the question. What a process that was killed left of its last line is passed over.
 */
final class AnswerCache {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LETTERS_OF_NAME = 40;

    private final Path file;

    /** A line. */
    private record Line(String question, Reply reply) {}

    /**
     * The answers of a model.
     *
     * @param folder where the files lie; need not exist
     * @param model the model's name
     */
    AnswerCache(Path folder, String model) {
        String readable = model.replaceAll("[^A-Za-z0-9.-]+", "-");
        String start = readable.substring(0, Math.min(LETTERS_OF_NAME, readable.length()));
        file = folder.resolve(start + "-" + DigestUtils.sha256Hex(model).substring(0, 8) + ".jsonl");
    }

    /** The answers to those of the questions that were answered before. */
    Map<String, Reply> find(Set<String> questions) {
        Map<String, Reply> found = new HashMap<>();
        if (!Files.exists(file)) {
            return found;
        }
        // a reader of this kind takes a half letter for another, and does not fail
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                Line line = parse(text);
                if (line != null && questions.contains(line.question())) {
                    found.put(line.question(), line.reply());
                }
            }
            return found;
        } catch (IOException e) {
            throw trouble("read", e);
        }
    }

    private static Line parse(String text) {
        try {
            Line line = JSON.readValue(text, Line.class);
            return line == null || line.question() == null || line.reply() == null ? null : line;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Keeps an answer; on disk when this returns, as far as the system says. */
    synchronized void add(String question, Reply reply) {
        try {
            Files.createDirectories(file.getParent());
            String line = (endsWithin() ? "\n" : "") + JSON.writeValueAsString(new Line(question, reply)) + "\n";
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                // in one piece, as another process may write, too
                channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw trouble("written to", e);
        }
    }

    /** Whether the last line has no end. */
    private boolean endsWithin() throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            if (content.length() == 0) {
                return false;
            }
            content.seek(content.length() - 1);
            return content.read() != '\n';
        }
    }

    private EngineException trouble(String what, IOException e) {
        return new EngineException(
                "The file of answers that were had before, '%s', cannot be %s: %s. Make room, or give the file free."
                        .formatted(file, what, IoReason.of(e)),
                e);
    }
}
