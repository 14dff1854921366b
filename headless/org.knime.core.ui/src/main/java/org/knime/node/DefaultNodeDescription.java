package org.knime.node;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.knime.core.node.NodeDescription;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.webui.node.dialog.defaultdialog.util.DescriptionUtil.TitleAndDescription;
import org.knime.node.PortGroupDefinition.Mode;
import org.knime.node.parameters.NodeParameters;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The description of a {@link DefaultNode}, made from what it declares. Texts must be well-formed XML. */
final class DefaultNodeDescription extends NodeDescription {

    private final DefaultNode m_node;
    private final NodeType m_type;
    private final List<TitleAndDescription> m_options;
    private final Element m_xml;

    private DefaultNodeDescription(final DefaultNode node) {
        m_node = node;
        m_type = node.m_nodeType == null ? typeByPorts() : node.m_nodeType;
        final List<Class<? extends NodeParameters>> parameters = new ArrayList<>();
        node.m_model.getParametersClass().ifPresent(parameters::add);
        node.getView().flatMap(DefaultView::getParametersClass).ifPresent(parameters::add);
        m_options = ParameterOptions.of(parameters);
        m_xml = toXml();
    }

    static NodeDescription of(final DefaultNode node) {
        return new DefaultNodeDescription(node);
    }

    private NodeType typeByPorts() {
        if (ports(true, false).isEmpty()) {
            return NodeType.Source;
        }
        return ports(false, false).isEmpty() ? NodeType.Sink : NodeType.Manipulator;
    }

    private List<PortGroupDefinition> ports(final boolean input, final boolean fixedOnly) {
        return m_node.m_ports.stream()
                .filter(group -> group.m_input == input)
                .filter(group -> !fixedOnly || group.m_mode == Mode.FIXED)
                .toList();
    }

    private Element toXml() {
        try {
            final DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            final Document document = builder.newDocument();
            final Element root = document.createElement("knimeNode");
            root.setAttribute("icon", m_node.m_icon);
            root.setAttribute("type", m_type.name());
            document.appendChild(root);
            child(root, "name").setTextContent(m_node.m_name);
            append(child(root, "shortDescription"), m_node.m_shortDescription, builder);
            final Element full = child(root, "fullDescription");
            append(child(full, "intro"), m_node.m_fullDescription, builder);
            if (!m_options.isEmpty()) {
                final Element tab = child(full, "tab");
                tab.setAttribute("name", "Options");
                for (final TitleAndDescription option : m_options) {
                    append(named(tab, "option", option.title()), option.description(), builder);
                }
            }
            for (final DefaultNode.Link link : m_node.m_links) {
                final Element element = child(full, "link");
                element.setAttribute("href", link.href());
                append(element, link.description(), builder);
            }
            final Element ports = child(root, "ports");
            appendPorts(ports, true, builder);
            appendPorts(ports, false, builder);
            appendView(root, builder);
            if (!m_node.m_keywords.isEmpty()) {
                final Element keywords = child(root, "keywords");
                m_node.m_keywords.forEach(keyword -> child(keywords, "keyword").setTextContent(keyword));
            }
            return root;
        } catch (final ParserConfigurationException e) {
            throw new IllegalStateException("The Java runtime has no XML parser", e);
        }
    }

    private void appendPorts(final Element ports, final boolean input, final DocumentBuilder builder) {
        final List<Element> dynamic = new ArrayList<>();
        int index = 0;
        for (final PortGroupDefinition group : ports(input, false)) {
            final Element port;
            if (group.m_mode == Mode.FIXED) {
                port = named(ports, input ? "inPort" : "outPort", group.m_name);
                port.setAttribute("index", Integer.toString(index++));
            } else {
                port = named(ports, input ? "dynInPort" : "dynOutPort", group.m_name);
                port.setAttribute("insert-before", Integer.toString(index));
                port.setAttribute("group-identifier", group.m_id);
                port.setAttribute("configurable-via-menu", "false");
                dynamic.add(port);
            }
            append(port, group.m_description, builder);
        }
        dynamic.forEach(ports::appendChild); // moves them behind the fixed ports of this side
    }

    private void appendView(final Element root, final DocumentBuilder builder) {
        m_node.getView().ifPresent(view -> {
            final Element element = named(child(root, "views"), "view", m_node.m_name);
            element.setAttribute("index", "0");
            append(element, view.m_description, builder);
        });
    }

    private static Element child(final Element parent, final String tag) {
        return (Element) parent.appendChild(parent.getOwnerDocument().createElement(tag));
    }

    private static Element named(final Element parent, final String tag, final String name) {
        final Element element = child(parent, tag);
        element.setAttribute("name", name);
        return element;
    }

    private void append(final Element parent, final String text, final DocumentBuilder builder) {
        try {
            final Node fragment = builder.parse(new InputSource(new StringReader("<f>" + text + "</f>")))
                    .getDocumentElement();
            for (Node node = fragment.getFirstChild(); node != null; node = node.getNextSibling()) {
                parent.appendChild(parent.getOwnerDocument().importNode(node, true));
            }
        } catch (final SAXException | IOException e) {
            throw new IllegalStateException(
                    String.format("A text in the description of \"%s\" is not well-formed: %s", m_node.m_name, text),
                    e);
        }
    }

    @Override
    public Element getXMLDescription() {
        return m_xml;
    }

    @Override
    public String getIconPath() {
        return m_node.m_icon;
    }

    @Override
    public String getNodeName() {
        return m_node.m_name;
    }

    @Override
    public NodeType getType() {
        return m_type;
    }

    @Override
    public Optional<String> getShortDescription() {
        return Optional.of(m_node.m_shortDescription);
    }

    @Override
    public Optional<String> getIntro() {
        return Optional.of(m_node.m_fullDescription);
    }

    @Override
    public String[] getKeywords() {
        return m_node.m_keywords.toArray(String[]::new);
    }

    @Override
    public List<DialogOptionGroup> getDialogOptionGroups() {
        if (m_options.isEmpty()) {
            return List.of();
        }
        final List<DialogOption> options = m_options.stream()
                .map(option -> new DialogOption(option.title(), option.description(), false))
                .toList();
        return List.of(new DialogOptionGroup("Options", null, options));
    }

    @Override
    public List<DynamicPortGroupDescription> getDynamicInPortGroups() {
        return dynamicPorts(true);
    }

    @Override
    public List<DynamicPortGroupDescription> getDynamicOutPortGroups() {
        return dynamicPorts(false);
    }

    private List<DynamicPortGroupDescription> dynamicPorts(final boolean input) {
        return ports(input, false).stream()
                .filter(group -> group.m_mode != Mode.FIXED)
                .map(group -> new DynamicPortGroupDescription(group.m_name, group.m_id, group.m_description))
                .toList();
    }

    private Optional<PortGroupDefinition> fixedPort(final boolean input, final int index) {
        final List<PortGroupDefinition> ports = ports(input, true);
        return IntStream.range(0, ports.size())
                .filter(i -> i == index)
                .mapToObj(ports::get)
                .findFirst();
    }

    @Override
    public String getInportName(final int index) {
        return fixedPort(true, index).map(port -> port.m_name).orElse(null);
    }

    @Override
    public String getInportDescription(final int index) {
        return fixedPort(true, index).map(port -> port.m_description).orElse(null);
    }

    @Override
    public String getOutportName(final int index) {
        return fixedPort(false, index).map(port -> port.m_name).orElse(null);
    }

    @Override
    public String getOutportDescription(final int index) {
        return fixedPort(false, index).map(port -> port.m_description).orElse(null);
    }

    @Override
    public int getViewCount() {
        return m_node.getView().isPresent() ? 1 : 0;
    }

    @Override
    public String getViewName(final int index) {
        return m_node.m_name;
    }

    @Override
    public String getViewDescription(final int index) {
        return m_node.getView().map(view -> view.m_description).orElse(null);
    }
}
