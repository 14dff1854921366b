package org.realm4knime.osgi;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeFactory.NodeType;

/** The nodes as KNIME finds them: through the extension registry, by the class loader of their bundle. */
class NodeRegistrationTest {

    private static final String NODES = "org.knime.workbench.repository.nodes";
    private static final String CATEGORIES = "org.knime.workbench.repository.categories";

    static List<Named<IConfigurationElement>> nodes() {
        return registered(NODES, "node")
                .map(node -> Named.of(simpleName(node.getAttribute("factory-class")), node))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void aNodeCanBeMadeAndHasNameKindAndIcon(IConfigurationElement node) throws CoreException {
        NodeFactory<?> factory = factory(node);
        assertThat(factory.getNodeName()).isNotBlank();
        assertThat(factory.getType())
                .isIn(
                        NodeType.Source,
                        NodeType.Sink,
                        NodeType.Learner,
                        NodeType.Predictor,
                        NodeType.Manipulator,
                        NodeType.Other);
        assertThat(factory.getIcon()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void aNodeIsInACategoryThatExists(IConfigurationElement node) {
        Set<String> categories = registered(CATEGORIES, "category")
                .map(category -> category.getAttribute("path") + "/" + category.getAttribute("level-id"))
                .collect(toSet());
        assertThat(node.getAttribute("category-path")).isIn(categories);
    }

    @Test
    void categoriesAreUnlockedAndTheirIconsExist() {
        assertThat(registered(CATEGORIES, "category")).isNotEmpty().allSatisfy(category -> {
            assertThat(category.getAttribute("locked")).isEqualTo("false");
            assertThat(Platform.getBundle(category.getContributor().getName()).getEntry(category.getAttribute("icon")))
                    .as(category.getAttribute("icon"))
                    .isNotNull();
        });
    }

    @Test
    void everyStageOfTheMethodHasItsNode() {
        assertThat(registered(NODES, "node").map(NodeRegistrationTest::name))
                .doesNotHaveDuplicates()
                .contains(
                        "Reasoning Dataset Reader",
                        "Language Model Reader",
                        "Multi-Route Rollout",
                        "Route Verifier (MRPV)",
                        "Induction Schedule (EAAI)",
                        "ReaLM Trainer",
                        "Supervised Trainer",
                        "Guided Distiller",
                        "Reasoner",
                        "Benchmark Evaluator",
                        "Language Model Writer");
    }

    private static Stream<IConfigurationElement> registered(String point, String element) {
        return Stream.of(Platform.getExtensionRegistry().getConfigurationElementsFor(point))
                .filter(found -> found.getName().equals(element))
                .filter(found -> found.getContributor().getName().equals("org.realm4knime.nodes"));
    }

    private static NodeFactory<?> factory(IConfigurationElement node) throws CoreException {
        return (NodeFactory<?>) node.createExecutableExtension("factory-class");
    }

    private static String name(IConfigurationElement node) {
        try {
            return factory(node).getNodeName();
        } catch (CoreException e) {
            throw new AssertionError(node.getAttribute("factory-class"), e);
        }
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
