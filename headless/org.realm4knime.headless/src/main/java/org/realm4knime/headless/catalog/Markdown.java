package org.realm4knime.headless.catalog;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Node descriptions are HTML; this is their text as Markdown. Knows the elements that KNIME allows in descriptions. */
final class Markdown implements NodeVisitor {

    private final StringBuilder out = new StringBuilder();

    private Markdown() {}

    /**
     * @param html a description
     * @return the same in Markdown, without blank lines at its ends
     */
    static String of(String html) {
        Markdown visitor = new Markdown();
        Jsoup.parseBodyFragment(html).body().traverse(visitor);
        return visitor.out
                .toString()
                .replaceAll("[ \\t]+\\n", "\n")
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode text) {
            String words = text.text();
            boolean lineStart = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
            out.append(lineStart ? words.stripLeading() : words);
        } else if (node instanceof Element element) {
            switch (element.normalName()) {
                case "p", "ul", "ol", "h1", "h2", "h3", "h4", "pre" -> out.append("\n\n");
                case "br" -> out.append("\n");
                case "li" -> out.append("\n- ");
                default -> out.append(mark(element));
            }
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element) {
            switch (element.normalName()) {
                case "p", "ul", "ol", "h1", "h2", "h3", "h4", "pre" -> out.append("\n\n");
                case "a" -> out.append("](").append(element.attr("href")).append(')');
                default -> out.append(mark(element));
            }
        }
    }

    private static String mark(Element element) {
        return switch (element.normalName()) {
            case "b", "strong" -> "**";
            case "i", "em" -> "*";
            case "tt", "code" -> "`";
            case "a" -> "[";
            default -> "";
        };
    }
}
