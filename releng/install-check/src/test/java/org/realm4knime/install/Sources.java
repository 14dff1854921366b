package org.realm4knime.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The source tree that this build was made from. */
final class Sources {

    private static final Path ROOT = Path.of(System.getProperty("root"));

    private Sources() {}

    static Path path(String first, String... more) {
        return ROOT.resolve(Path.of(first, more));
    }

    /** The class names of the nodes that nodes/plugin.xml registers. */
    static List<String> nodeFactories() throws IOException {
        return elements(path("nodes", "plugin.xml"), "node").stream()
                .map(node -> node.getAttribute("factory-class"))
                .toList();
    }

    static List<Element> elements(Path xml, String name) throws IOException {
        try {
            NodeList found = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(xml.toFile())
                    .getElementsByTagName(name);
            return IntStream.range(0, found.getLength())
                    .mapToObj(i -> (Element) found.item(i))
                    .toList();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(xml + " cannot be read", e);
        }
    }

    /** The clauses of a header in a bundle's manifest, without their attributes; none when the header is absent. */
    static List<String> header(String bundleFolder, String name) throws IOException {
        try (InputStream in = Files.newInputStream(path(bundleFolder, "META-INF", "MANIFEST.MF"))) {
            String value = new Manifest(in).getMainAttributes().getValue(name);
            return value == null
                    ? List.of()
                    : Arrays.stream(value.replaceAll("\"[^\"]*\"", "").split(","))
                            .map(clause -> clause.replaceAll(";.*", "").strip())
                            .toList();
        }
    }

    /** The files of a folder that are source: neither built nor fetched. */
    static List<Path> files(String folder) throws IOException {
        try (Stream<Path> all = Files.walk(path(folder))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> Stream.of("target", "lib", "vendor")
                            .noneMatch(built -> path(folder).relativize(file).startsWith(built)
                                    || file.getParent().endsWith(built)))
                    .toList();
        }
    }
}
