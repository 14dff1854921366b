package org.realm4knime.headless.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A view's page made ready to live inside another file: what it loads by relative URL is taken out of the page and kept
 * beside it, so that a report with many views holds each script once.
 *
 * @param html the page; where it loaded a script it has the comment {@code <!--resource NAME-->} instead. Its own
 *     content security policy is gone: a frame made of a text inherits that of the document around it
 * @param resources the text that replaces each comment, by name; the name is the digest of the text
 * @param scripts the sources by which a content security policy allows exactly these scripts, such as
 *     {@code 'sha256-...'}
 */
public record EmbeddedPage(String html, Map<String, String> resources, Set<String> scripts) {

    /** Reads a file that a page refers to. */
    @FunctionalInterface
    public interface Files {

        /**
         * @param path relative to the page
         * @return its content, or nothing if the page does not own such a file
         * @throws IOException if it cannot be read
         */
        Optional<byte[]> read(String path) throws IOException;
    }

    /**
     * Takes in scripts, style sheets and images. Anything that stays outside (an absolute URL) is left as it is.
     *
     * @param html the page as its author wrote it
     * @param files gives what it refers to
     * @return the page and what it needs
     * @throws IOException if a file cannot be read
     */
    public static EmbeddedPage of(String html, Files files) throws IOException {
        Document page = Jsoup.parse(html);
        page.outputSettings().prettyPrint(false);
        page.select("meta[http-equiv=Content-Security-Policy]").remove();
        Map<String, String> resources = new LinkedHashMap<>();
        Set<String> scripts = new LinkedHashSet<>();
        for (Element script : page.select("script[src]")) {
            Optional<byte[]> content = files.read(script.attr("src"));
            if (content.isPresent()) {
                String text = text(content.get()).replaceAll("(?i)</(script)", "<\\\\/$1");
                String type = script.attr("type").isEmpty() ? "" : " type=\"" + script.attr("type") + "\"";
                String element = "<script" + type + ">" + text + "</script>";
                resources.put(digest(element), element);
                scripts.add(source(text));
                script.replaceWith(new Comment("resource " + digest(element)));
            }
        }
        for (Element sheet : page.select("link[rel=stylesheet][href]")) {
            Optional<byte[]> content = files.read(sheet.attr("href"));
            if (content.isPresent()) {
                sheet.replaceWith(new Element("style").appendChild(new DataNode(text(content.get()))));
            }
        }
        for (Element image : page.select("img[src]")) {
            Optional<byte[]> content = files.read(image.attr("src"));
            if (content.isPresent()) {
                image.attr("src", dataUrl(image.attr("src"), content.get()));
            }
        }
        return new EmbeddedPage(page.outerHtml(), resources, scripts);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String dataUrl(String name, byte[] content) {
        String type = name.endsWith(".svg") ? "image/svg+xml" : "image/png";
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
    }

    /**
     * The source by which a content security policy allows an inline script.
     *
     * @param script its text, exactly as it stands in its element
     * @return the hash in quotes
     */
    static String source(String script) {
        return "'sha256-" + Base64.getEncoder().encodeToString(sha256(script)) + "'";
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(sha256(text), 0, 8);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
