package org.realm4knime.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.NodeFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

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

    static Stream<NodeFactory<?>> factories() throws Exception {
        return elements(pluginXml(), "node").stream().map(node -> {
            try {
                NodeFactory<?> factory = (NodeFactory<?>) Class.forName(node.getAttribute("factory-class"))
                        .getDeclaredConstructor()
                        .newInstance();
                factory.init();
                return factory;
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
                .hasSize(13)
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
        assertThat(factories().map(NodeFactory::getNodeName))
                .containsExactlyInAnyOrder(
                        "Reasoning Dataset Reader",
                        "Sample Reasoning Data",
                        "Language Model Reader",
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
    void everyNodeHasAnIcon(NodeFactory<?> factory) {
        assertThat(factory.getIcon()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("factories")
    void everyOptionIsDescribed(NodeFactory<?> factory) {
        List<Element> options = elements(factory.getXMLDescription().getElementsByTagName("option"));
        assertThat(options).isNotEmpty().allSatisfy(option -> {
            assertThat(option.getAttribute("name")).isNotBlank();
            assertThat(option.getTextContent()).as(option.getAttribute("name")).hasSizeGreaterThan(20);
        });
    }
}
