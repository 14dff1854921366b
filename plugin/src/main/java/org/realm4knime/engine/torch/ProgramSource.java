package org.realm4knime.engine.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Source of one TorchScript class, assembled from constants and from resources.
 *
 * <p>A resource is a file of plain functions that take {@code self}; all files become methods of the one class, so a
 * function of one file calls those of another as {@code self.name(...)}. Constants are read as {@code self.name} too.
 */
final class ProgramSource {

    static final String CLASS_NAME = "Program";

    private final List<String> lines = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();

    /**
     * Assembles a class.
     *
     * @param constants Integer, Double or Boolean values by name, in order
     * @param resources file names next to this class, {@code decoder.py} for example
     */
    ProgramSource(Map<String, Object> constants, List<String> resources) {
        add("class " + CLASS_NAME + "(Module):", "header");
        add("    __parameters__ = []", "header");
        add("    __buffers__ = []", "header");
        add("    training : bool", "header");
        constants.forEach((name, value) -> add(constant(name, value), "constant " + name));
        for (String resource : resources) {
            List<String> text = read(resource).lines().toList();
            for (int i = 0; i < text.size(); i++) {
                String line = text.get(i);
                add(line.isBlank() ? "" : "    " + line, resource + ":" + (i + 1));
            }
        }
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Where a line of {@link #text()} comes from, such as {@code decoder.py:12}; line numbers count from 1. */
    String origin(int line) {
        return line >= 1 && line <= origins.size() ? origins.get(line - 1) : "line " + line;
    }

    private void add(String line, String origin) {
        lines.add(line);
        origins.add(origin);
    }

    private static String constant(String name, Object value) {
        if (value instanceof Boolean flag) {
            return "    %s : Final[bool] = %s".formatted(name, flag ? "True" : "False");
        }
        if (value instanceof Integer number) {
            return "    %s : Final[int] = %d".formatted(name, number);
        }
        if (value instanceof Double number) {
            return "    %s : Final[float] = %s".formatted(name, number.toString().replace('E', 'e'));
        }
        throw new IllegalArgumentException("Not a constant of a program: " + name + " = " + value);
    }

    private static String read(String resource) {
        try (InputStream in = ProgramSource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("No program source named " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading program source " + resource, e);
        }
    }
}
