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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Source of one TorchScript program, assembled from constants and from Python files.
 *
 * <p>The files are ordinary Python modules of functions and named tuples, which import each other. PyTorch's loader of
 * archives reads less than Python: this class leaves out imports and docstrings, writes constants' values in place of
 * {@code config.name} and of a few names of PyTorch that the loader does not know, calls what the files define by its
 * full name ({@code __torch__.name}), and makes functions that are marked {@code @torch.jit.export} methods of the one
 * class. Lines stay lines, so that an error can name the line of the file.
 */
final class ProgramSource {

    static final String CLASS_NAME = "Program";

    private static final String EXPORT = "@torch.jit.export";
    private static final String DOCSTRING = "\"\"\"";
    private static final String CONSTANTS = "config.";

    /** What the loader calls otherwise than Python; numbers are PyTorch's codes of types (c10/core/ScalarType.h). */
    private static final Map<String, String> LOADER_NAMES = Map.of(
            "torch.float32", "6",
            "torch.bfloat16", "15",
            "torch.ops.", "ops.",
            "math.", "torch.",
            "F.", "torch.");

    private static final Pattern IMPORT = Pattern.compile("(?:import|from) .*");
    private static final Pattern FUNCTION = Pattern.compile("def (\\w+)\\(");
    private static final Pattern NAMED_TUPLE = Pattern.compile("class (\\w+)\\(NamedTuple\\):");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Za-z]\\w*(?:\\.\\w+)*");

    private final Map<String, Object> constants;
    private final Set<String> functions = new TreeSet<>();
    private final Set<String> namedTuples = new TreeSet<>();
    private final List<Line> definitions = new ArrayList<>();
    private final List<Line> methods = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    /** A line of the program, and where it comes from. */
    private record Line(String text, String origin) {}

    /**
     * Assembles a program.
     *
     * @param constants Integer, Double or Boolean values by name, or lists of them
     * @param files text of each source file by name, in order
     */
    ProgramSource(Map<String, Object> constants, Map<String, String> files) {
        this.constants = constants;
        files.values().forEach(this::collectNames);
        files.forEach(this::add);
        lines.addAll(definitions);
        for (String header : List.of(
                "class " + CLASS_NAME + "(Module):",
                "    __parameters__ = []",
                "    __buffers__ = []",
                "    training : bool")) {
            lines.add(new Line(header, "header"));
        }
        lines.addAll(methods);
    }

    /** Assembles a program from resources next to this class, {@code decoder.py} for example. */
    static ProgramSource ofResources(Map<String, Object> constants, List<String> resources) {
        Map<String, String> files = new LinkedHashMap<>();
        resources.forEach(name -> files.put(name, read(name)));
        return new ProgramSource(constants, files);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }

    /** Where a line of {@link #text()} comes from, such as {@code decoder.py:12}; line numbers count from 1. */
    String origin(int line) {
        return line >= 1 && line <= lines.size() ? lines.get(line - 1).origin() : "line " + line;
    }

    private void collectNames(String text) {
        text.lines().forEach(line -> {
            Matcher function = FUNCTION.matcher(line);
            if (function.lookingAt()) {
                functions.add(function.group(1));
            }
            Matcher namedTuple = NAMED_TUPLE.matcher(line);
            if (namedTuple.lookingAt()) {
                namedTuples.add(namedTuple.group(1));
            }
        });
    }

    private void add(String file, String content) {
        List<String> text = withoutImportsAndDocstrings(content.lines().toList());
        boolean exported = false;
        boolean inMethod = false;
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i);
            String origin = file + ":" + (i + 1);
            if (line.equals(EXPORT)) {
                exported = true;
                continue;
            }
            if (line.startsWith("def ") || line.startsWith("class ")) {
                inMethod = exported;
                exported = false;
            }
            if (inMethod) {
                Matcher def = FUNCTION.matcher(line);
                String code = def.lookingAt() ? withSelf(line, def) : withLoaderNames(line);
                methods.add(new Line(code.isEmpty() ? "" : "    " + code, origin));
            } else {
                definitions.add(new Line(withLoaderNames(line), origin));
            }
        }
    }

    private String withSelf(String line, Matcher def) {
        String parameters = withLoaderNames(line.substring(def.end()));
        return def.group() + (parameters.startsWith(")") ? "self" : "self, ") + parameters;
    }

    /** The same number of lines, some of them empty. */
    private static List<String> withoutImportsAndDocstrings(List<String> text) {
        List<String> kept = new ArrayList<>();
        String endOfSkipped = null;
        for (String line : text) {
            String code = line.strip();
            String end = endOfSkipped;
            if (end == null && code.startsWith(DOCSTRING)) {
                end = DOCSTRING;
                code = code.substring(DOCSTRING.length());
            } else if (end == null && IMPORT.matcher(line).matches()) {
                end = code.endsWith("(") ? ")" : "";
            }
            kept.add(end == null ? line : "");
            endOfSkipped = end == null || code.endsWith(end) ? null : end;
        }
        return kept;
    }

    /** Without comment; a string with a hash in it would be cut, and there is none. */
    private String withLoaderNames(String line) {
        int comment = line.indexOf('#');
        String code = comment < 0 ? line : line.substring(0, comment);
        return NAME.matcher(code)
                .replaceAll(m -> Matcher.quoteReplacement(loaderName(m.group(), code, m)))
                .stripTrailing();
    }

    private String loaderName(String name, String code, MatchResult place) {
        if (name.startsWith(CONSTANTS) && constants.containsKey(name.substring(CONSTANTS.length()))) {
            return literal(constants.get(name.substring(CONSTANTS.length())));
        }
        for (Map.Entry<String, String> entry : LOADER_NAMES.entrySet()) {
            String known = entry.getKey();
            if (known.endsWith(".") ? name.startsWith(known) : name.equals(known)) {
                return entry.getValue() + name.substring(known.length());
            }
        }
        boolean defined = code.startsWith("def " + name) || code.startsWith("class " + name);
        boolean called = place.end() < code.length() && code.charAt(place.end()) == '(' && functions.contains(name);
        return !defined && (called || namedTuples.contains(name)) ? "__torch__." + name : name;
    }

    private static String literal(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Integer || value instanceof Double) {
            return value.toString().toLowerCase(Locale.ROOT); // 1.0E-6 is written 1.0e-6
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ProgramSource::literal).collect(Collectors.joining(", ", "[", "]"));
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
