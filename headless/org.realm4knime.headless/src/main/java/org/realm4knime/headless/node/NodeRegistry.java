package org.realm4knime.headless.node;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.knime.node.DefaultNodeFactory;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.standin.node.NodeDefinition;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The nodes that the plug-ins on the class path contribute to KNIME's extension point
 * {@code org.knime.workbench.repository.nodes}.
 */
public final class NodeRegistry {

    private static final String NODES = "org.knime.workbench.repository.nodes";

    private final List<Contribution> contributions;

    /**
     * A node as plugin.xml lists it.
     *
     * @param factory class name of its factory
     * @param category path of its category in the node repository
     * @param bundle where it comes from
     */
    public record Contribution(String factory, String category, Bundle bundle) {}

    private NodeRegistry(List<Contribution> contributions) {
        this.contributions = List.copyOf(contributions);
    }

    /**
     * @return what every plugin.xml on the class path contributes, in the order of the class path and the files
     * @throws IllegalStateException if a plugin.xml is broken
     */
    public static NodeRegistry fromClassPath() {
        List<Contribution> found = new ArrayList<>();
        try {
            ClassLoader loader = NodeRegistry.class.getClassLoader();
            for (URL file : Collections.list(loader.getResources("plugin.xml"))) {
                read(file, found);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot look for plugin.xml on the class path: " + e.getMessage(), e);
        }
        return new NodeRegistry(found);
    }

    private static void read(URL file, List<Contribution> found) throws IOException {
        Bundle bundle = Bundle.of(file);
        NodeList extensions = parse(file).getElementsByTagName("extension");
        for (int i = 0; i < extensions.getLength(); i++) {
            Element extension = (Element) extensions.item(i);
            if (NODES.equals(extension.getAttribute("point"))) {
                NodeList nodes = extension.getElementsByTagName("node");
                for (int n = 0; n < nodes.getLength(); n++) {
                    Element node = (Element) nodes.item(n);
                    found.add(new Contribution(
                            node.getAttribute("factory-class"), node.getAttribute("category-path"), bundle));
                }
            }
        }
    }

    private static Document parse(URL file) throws IOException {
        try (InputStream in = file.openStream()) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(in);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("Broken file " + file + ": " + e.getMessage(), e);
        }
    }

    /** @return all nodes */
    public List<Contribution> contributions() {
        return contributions;
    }

    /**
     * @param factory class name of a factory
     * @return the node, if a plug-in contributes it
     */
    public Optional<Contribution> find(String factory) {
        return contributions.stream().filter(c -> c.factory().equals(factory)).findFirst();
    }

    /**
     * @param factory class name of a factory
     * @return the node that it makes
     * @throws WorkflowException if no plug-in contributes it or it cannot be created
     */
    public NodeDefinition definition(String factory) throws WorkflowException {
        if (find(factory).isEmpty()) {
            throw new WorkflowException("unknown node factory " + factory
                    + "; the extension that has this node is not installed here, or its name is misspelt"
                    + " (\"realm nodes\" lists the nodes there are).");
        }
        try {
            return Class.forName(factory)
                    .asSubclass(DefaultNodeFactory.class)
                    .getDeclaredConstructor()
                    .newInstance()
                    .definition();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new WorkflowException("the node factory " + factory + " cannot be created: " + cause, e);
        }
    }
}
