package org.realm4knime.engine.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Source of one TorchScript class, assembled from constants and from resources.
 *
 * <p>A resource is a file of plain functions that take {@code self}; all files become methods of the one class, so a
 * function of one file calls those of another as {@code self.name(...)}. Constants are read as {@code self.name} too.
 */
final class ProgramSource {

    static final String CLASS_NAME = "Program";

    private static final Pattern MEMBER = Pattern.compile("\\bself\\.(\\w+)\\b");

    private final List<String> lines = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();

    /**
     * Assembles a class.
     *
     * @param constants Integer, Double or Boolean values by name
     * @param files text of each source file by name, in order
     */
    ProgramSource(Map<String, Object> constants, Map<String, String> files) {
        add("class " + CLASS_NAME + "(Module):", "header");
        add("    __parameters__ = []", "header");
        add("    __buffers__ = []", "header");
        add("    training : bool", "header");
        files.forEach((name, content) -> {
            List<String> text = content.lines().toList();
            for (int i = 0; i < text.size(); i++) {
                String line = text.get(i);
                add(line.isBlank() ? "" : "    " + withConstants(line, constants), name + ":" + (i + 1));
            }
        });
    }

    /** Assembles a class from resources next to this one, {@code decoder.py} for example. */
    static ProgramSource ofResources(Map<String, Object> constants, List<String> resources) {
        Map<String, String> files = new LinkedHashMap<>();
        resources.forEach(name -> files.put(name, read(name)));
        return new ProgramSource(constants, files);
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

    /** Serialised TorchScript has no constants in a class, so {@code self.name} is replaced by its value. */
    private static String withConstants(String line, Map<String, Object> constants) {
        return MEMBER.matcher(line)
                .replaceAll(m -> constants.containsKey(m.group(1)) ? literal(constants.get(m.group(1))) : m.group());
    }

    private static String literal(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Integer || value instanceof Double) {
            return value.toString().toLowerCase(Locale.ROOT); // 1.0E-6 is written 1.0e-6
        }
        throw new IllegalArgumentException("Not a constant of a program: " + value);
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
