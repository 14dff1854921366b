package org.realm4knime.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.realm4knime.standin.node.NodeDefinition;
import org.realm4knime.standin.node.ParametersStore;
import org.realm4knime.standin.node.PortGroup;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What plugin.xml registers, and what each node says about itself. The tests run in the folder of this project. */
class NodeDefinitionsTest {

    private static Document pluginXml() throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("plugin.xml"));
    }

    private static List<Element> elements(Document document, String tag) {
        return elements(document.getElementsByTagName(tag));
    }

    private static List<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    static Stream<DefaultNodeFactory> factories() throws Exception {
        return elements(pluginXml(), "node").stream().map(node -> {
            try {
                return (DefaultNodeFactory) Class.forName(node.getAttribute("factory-class"))
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void everyNodeIsInACategoryThatExists() throws Exception {
        Set<String> categories = elements(pluginXml(), "category").stream()
                .map(category -> category.getAttribute("path") + "/" + category.getAttribute("level-id"))
                .collect(Collectors.toSet());
        assertThat(elements(pluginXml(), "node"))
                .hasSize(14)
                .allMatch(node -> categories.contains(node.getAttribute("category-path")));
    }

    @Test
    void everyCategoryHasAnIconAndIsOpenToOthers() throws Exception {
        assertThat(elements(pluginXml(), "category"))
                .allMatch(category -> new File(category.getAttribute("icon")).isFile())
                .allMatch(category -> category.getAttribute("locked").equals("false"));
    }

    @Test
    void theNamesAreThoseThatWorkflowsKnow() throws Exception {
        assertThat(factories().map(DefaultNodeFactory::getNodeName))
                .containsExactlyInAnyOrder(
                        "Reasoning Dataset Reader",
                        "Sample Reasoning Data",
                        "Language Model Reader",
                        "Language Model Connector",
                        "Language Model Writer",
                        "Reasoner",
                        "Multi-Route Rollout",
                        "Route Verifier (MRPV)",
                        "Problem Instructor",
                        "Supervised Trainer",
                        "Induction Schedule (EAAI)",
                        "ReaLM Trainer",
                        "Guided Distiller",
                        "Benchmark Evaluator");
    }

    @ParameterizedTest
    @MethodSource("factories")
    void everyNodeHasAnIcon(DefaultNodeFactory factory) {
        assertThat(factory.getIcon()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("factories")
    void everyOptionIsDescribed(DefaultNodeFactory factory) {
        List<Widget> options = options(factory.definition().parameters().orElseThrow());
        assertThat(options).isNotEmpty().allSatisfy(option -> {
            assertThat(option.title()).isNotBlank();
            assertThat(option.description()).as(option.title()).hasSizeGreaterThan(20);
        });
    }

    /** KNIME parses the texts when it creates the node, and cannot create it otherwise. */
    @ParameterizedTest
    @MethodSource("factories")
    void everyTextIsWellFormed(DefaultNodeFactory factory) {
        NodeDefinition node = factory.definition();
        assertThat(Stream.of(
                                Stream.of(node.shortDescription(), node.fullDescription()),
                                node.ports().stream().map(PortGroup::description),
                                options(node.parameters().orElseThrow()).stream()
                                        .map(Widget::description))
                        .flatMap(texts -> texts))
                .allSatisfy(text -> DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader("<text>" + text + "</text>"))));
    }

    private static List<Widget> options(Class<?> parameters) {
        return ParametersStore.fields(parameters).stream()
                .flatMap(field -> NodeParameters.class.isAssignableFrom(field.getType())
                        ? options(field.getType()).stream()
                        : Stream.ofNullable(field.getAnnotation(Widget.class)))
                .toList();
    }
}
