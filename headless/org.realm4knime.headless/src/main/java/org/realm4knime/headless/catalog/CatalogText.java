package org.realm4knime.headless.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.realm4knime.headless.catalog.ParameterInfo.Shown;

/** The node catalog as plain text for the console and as Markdown for the documentation. */
public final class CatalogText {

    private static final int WIDTH = 110;
    private static final String ADVANCED = " *(advanced)*";

    private CatalogText() {}

    /**
     * @param nodes the catalog
     * @return a block a node: what it does, its ports, its parameters
     */
    public static String plain(List<NodeInfo> nodes) {
        return nodes.stream().map(CatalogText::plain).collect(Collectors.joining("\n"));
    }

    private static String plain(NodeInfo node) {
        List<String> lines = new ArrayList<>();
        lines.add(node.name());
        lines.addAll(wrap(node.summary(), "    "));
        node.inputs().forEach(p -> lines.addAll(wrap("in   " + plain(p), "    ")));
        node.outputs().forEach(p -> lines.addAll(wrap("out  " + plain(p), "    ")));
        for (ParameterInfo p : node.parameters()) {
            String value = p.value().isEmpty() ? "" : " = " + p.value();
            lines.add("    " + p.key() + value + "   (" + p.type() + ")");
            lines.addAll(wrap(p.title().isEmpty() ? "" : p.title() + ". " + oneLine(p.description()), "        "));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String plain(PortInfo port) {
        return "%s: %s%s".formatted(port.name(), port.type(), port.number().isEmpty() ? "" : ", " + port.number());
    }

    /** Breaks a text at spaces. */
    private static List<String> wrap(String text, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : oneLine(text).split(" ")) {
            if (!line.isEmpty() && indent.length() + line.length() + word.length() >= WIDTH) {
                lines.add(indent + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.toString().isBlank()) {
            lines.add(indent + line);
        }
        return lines;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /**
     * @param nodes the catalog
     * @return a page with a section a node
     */
    public static String markdown(List<NodeInfo> nodes) {
        String contents = nodes.stream()
                .map(n -> "- [%s](#%s): %s".formatted(n.name(), anchor(n.name()), oneLine(n.summary())))
                .collect(Collectors.joining("\n"));
        String sections = nodes.stream().map(CatalogText::section).collect(Collectors.joining("\n\n"));
        return """
                # Nodes

                Written by `realm nodes --markdown` from the node definitions; do not edit. A parameter's key is what
                `realm run --set "NODE/KEY=VALUE"` takes; of a choice, the word in `this type`. The tables are the
                sections of the dialog, which shows what is marked *(advanced)* only on request.

                %s

                %s
                """
                .formatted(contents, sections);
    }

    private static String section(NodeInfo node) {
        Stream<String> parts = Stream.of(
                "## " + node.name(),
                node.description().isEmpty() ? node.summary() : node.description(),
                "Factory `%s`, category `%s`.".formatted(node.factory(), node.category()),
                table("input", node.inputs()),
                table("output", node.outputs()),
                parameters(node.parameters()));
        return parts.filter(part -> !part.isEmpty()).collect(Collectors.joining("\n\n"));
    }

    private static String table(String title, List<PortInfo> ports) {
        List<List<String>> rows = ports.stream()
                .map(p -> List.of(p.name(), p.type(), p.number().isEmpty() ? "one" : p.number(), p.description()))
                .toList();
        return table(List.of(title, "type", "number", "holds"), rows);
    }

    /** A table for each section of the dialog. */
    private static String parameters(List<ParameterInfo> parameters) {
        Map<String, List<ParameterInfo>> sections = parameters.stream()
                .collect(Collectors.groupingBy(ParameterInfo::section, LinkedHashMap::new, Collectors.toList()));
        return sections.entrySet().stream()
                .map(section -> section(section.getKey(), section.getValue()))
                .collect(Collectors.joining("\n\n"));
    }

    private static String section(String title, List<ParameterInfo> parameters) {
        boolean allAdvanced = !title.isEmpty() && parameters.stream().allMatch(p -> p.shown() == Shown.ADVANCED);
        String heading = title.isEmpty() ? "" : "**" + title + "**" + (allAdvanced ? ADVANCED : "") + "\n\n";
        List<List<String>> rows = parameters.stream()
                .map(p -> List.of(
                        p.title() + (!allAdvanced && p.shown() == Shown.ADVANCED ? ADVANCED : ""),
                        "`" + p.key() + "`",
                        p.options().isEmpty() ? p.type() : "a choice",
                        p.value().isEmpty() ? "" : "`" + p.value() + "`",
                        p.description() + options(p)))
                .toList();
        return heading + table(List.of("parameter", "key", "takes", "default", "meaning"), rows);
    }

    private static String options(ParameterInfo parameter) {
        return parameter.options().stream()
                .map(o -> "\n`%s` %s%s"
                        .formatted(
                                o.value(), o.label(), o.description().isEmpty() ? "" : ": " + oneLine(o.description())))
                .collect(Collectors.joining());
    }

    private static String table(List<String> header, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        return Stream.concat(Stream.of(header, header.stream().map(h -> "---").toList()), rows.stream())
                .map(row -> row.stream().map(CatalogText::cell).collect(Collectors.joining(" | ", "| ", " |")))
                .collect(Collectors.joining("\n"));
    }

    /** A table cell is one line, and a bar in it would end it. */
    private static String cell(String text) {
        return text.strip().replace("|", "\\|").replaceAll("\\s*\\n\\s*", "<br>");
    }

    private static String anchor(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
