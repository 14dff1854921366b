package org.realm4knime.headless.catalog;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.knime.core.node.Node;
import org.knime.core.node.context.ports.ExtendablePortGroup;
import org.knime.core.node.context.ports.ModifiablePortsConfiguration;
import org.knime.core.node.context.ports.PortGroupConfiguration;
import org.knime.core.node.port.PortType;
import org.realm4knime.headless.node.NodeRegistry;
import org.realm4knime.headless.node.NodeTemplate;
import org.realm4knime.headless.workflow.WorkflowException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Describes the nodes that there are, from their definitions. */
public final class NodeCatalog {

    private NodeCatalog() {}

    /**
     * @param registry the nodes
     * @return a description of each, in the order of the registry
     * @throws WorkflowException if a node cannot be created
     */
    public static List<NodeInfo> of(NodeRegistry registry) throws WorkflowException {
        List<NodeInfo> result = new ArrayList<>();
        for (NodeRegistry.Contribution contribution : registry.contributions()) {
            result.add(describe(contribution, NodeTemplate.create(registry, contribution.factory())));
        }
        return result;
    }

    private static NodeInfo describe(NodeRegistry.Contribution contribution, NodeTemplate template) {
        Node node = template.node();
        Element xml = node.getXMLDescription();
        ParameterReader reader = new ParameterReader(contribution.factory());
        return new NodeInfo(
                node.getName(),
                contribution.factory(),
                contribution.category(),
                Markdown.of(first(xml, "shortDescription")),
                Markdown.of(first(xml, "intro")),
                ports(template, node, true),
                ports(template, node, false),
                Stream.of(template.parameters(), template.viewParameters())
                        .flatMap(settings -> reader.read(settings).stream())
                        .toList());
    }

    private static List<PortInfo> ports(NodeTemplate template, Node node, boolean inputs) {
        Map<String, String> texts = portTexts(node.getXMLDescription(), inputs ? "in" : "out");
        if (template.ports().isEmpty()) {
            return IntStream.range(1, inputs ? node.getNrInPorts() : node.getNrOutPorts())
                    .mapToObj(i -> fixedPort(node, i, inputs, texts))
                    .toList();
        }
        ModifiablePortsConfiguration ports = template.ports().get();
        List<PortInfo> result = new ArrayList<>();
        for (String name : ports.getPortGroupNames()) {
            PortGroupConfiguration group = ports.getGroup(name);
            if (inputs ? group.definesInputPorts() : group.definesOutputPorts()) {
                result.add(portGroup(name, group, inputs, texts.getOrDefault(name, "")));
            }
        }
        return result;
    }

    private static PortInfo fixedPort(Node node, int index, boolean input, Map<String, String> texts) {
        PortType type = input ? node.getInputType(index) : node.getOutputType(index);
        String name = input ? node.getInportName(index) : node.getOutportName(index);
        return new PortInfo(name, type.getName(), type.isOptional() ? "optional" : "", texts.getOrDefault(name, ""));
    }

    private static PortInfo portGroup(String name, PortGroupConfiguration group, boolean input, String text) {
        if (!(group instanceof ExtendablePortGroup extendable)) {
            PortType[] types = input ? group.getInputPorts() : group.getOutputPorts();
            return new PortInfo(name, types[0].getName(), "", text);
        }
        PortType type = extendable.getSupportedPortTypes()[0];
        ExtendablePortGroup probe = (ExtendablePortGroup) extendable.copy();
        int fixed = probe.getFixedPorts().length;
        while (probe.hasConfiguredPorts()) {
            probe.removeLastPort();
        }
        probe.addPort(type);
        String number = probe.canAddPort() ? (fixed == 0 ? "any number" : fixed + " or more") : "optional";
        return new PortInfo(name, type.getName(), number, text);
    }

    /** Descriptions of ports by name: elements inPort and dynInPort, or outPort and dynOutPort. */
    private static Map<String, String> portTexts(Element xml, String direction) {
        Map<String, String> texts = new HashMap<>();
        NodeList all = xml.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            String kind = element.getTagName();
            if (kind.equalsIgnoreCase(direction + "Port") || kind.equalsIgnoreCase("dyn" + direction + "Port")) {
                texts.putIfAbsent(element.getAttribute("name"), Markdown.of(inner(element)));
                texts.put(element.getAttribute("group-identifier"), Markdown.of(inner(element)));
            }
        }
        return texts;
    }

    private static String first(Element xml, String name) {
        NodeList found = xml.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : inner((Element) found.item(0));
    }

    /** What stands between an element's tags. */
    private static String inner(Element element) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter out = new StringWriter();
            transformer.transform(new DOMSource(element), new StreamResult(out));
            return out.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException("a tree in memory can be written", e);
        }
    }
}
