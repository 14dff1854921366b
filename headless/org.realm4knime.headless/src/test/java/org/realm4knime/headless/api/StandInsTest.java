package org.realm4knime.headless.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMember;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The stand-ins have only what KNIME has and what is used. What KNIME has is written down in two lists, each member of
 * which was looked up in KNIME's sources of the versions 5.8.0 and 5.12.0. A line may be added only after the same
 * look-up, for what compiles here and is not there fails in KNIME at run time.
 */
class StandInsTest {

    private static final KnimeMembers MEMBERS = KnimeMembers.ofClassPath();

    /** What Eclipse's compiler calls in a loop over a table: the bridge to the iterator that javac calls. */
    private static final String BRIDGE = "org.knime.core.node.BufferedDataTable.iterator(): java.util.Iterator";

    /** Members that only tests need, and why. */
    private static final Map<String, String> ONLY_TESTS = Map.of(
            "org.knime.core.node.NodeFactory.getNodeName()",
            "the OSGi tests find nodes by their names",
            "org.knime.core.node.NodeFactory.getType()",
            "the OSGi tests look at what kind a node is of",
            "org.knime.core.node.NodeFactory.getIcon()",
            "the OSGi tests look for the icons in the bundle",
            "org.knime.core.node.port.PortType.isHidden()",
            "the OSGi tests tell registered types from others by it",
            "org.knime.node.DefaultModel$RequireModelParameters.withoutParameters()",
            "the runner runs nodes without parameters, though there is none yet",
            "org.knime.node.RequirePorts$ConfigurablePort$ExtendableConfigurablePort"
                    + ".defaultNonFixedTypes([Lorg.knime.core.node.port.PortType;)",
            "the way to declare ports of an extendable group so that KNIME names them",
            "org.knime.node.RequirePorts$ConfigurablePort$ExtendableConfigurablePort"
                    + ".fixedTypes([Lorg.knime.core.node.port.PortType;)",
            "a node of the tests is made as older ones of others are",
            "org.knime.node.PortGroups$Extendable.fixedTypes([Lorg.knime.core.node.port.PortType;)",
            "the same, of the stand-in",
            "org.knime.node.DefaultView$ViewInput.getInternalTables()",
            "views of the tests' nodes read one table");

    @Test
    void nodesUseTheMembersOfKnimeThatAreWrittenDown() throws IOException {
        assertThat(lines(MEMBERS.usedByNodes()))
                .filteredOn(member -> !member.equals(BRIDGE))
                .containsExactlyElementsOf(list("nodes.txt"));
    }

    @Test
    void nodesKnowNothingOfWhatRunsThemHere() {
        assertThat(MEMBERS.foreignToNodes()).isEmpty();
    }

    @Test
    void theStandInsHaveNoMemberThatKnimeLacks() throws IOException {
        Set<String> known = new TreeSet<>(list("nodes.txt"));
        known.addAll(list("stand-ins.txt"));
        assertThat(known).containsAll(lines(MEMBERS.visible()));
    }

    @Test
    void theListOfTheStandInsHasNoMemberThatTheyLack() throws IOException {
        Set<String> beyondNodes = lines(MEMBERS.visible());
        beyondNodes.removeAll(list("nodes.txt"));
        assertThat(beyondNodes).containsExactlyElementsOf(list("stand-ins.txt"));
    }

    @Test
    void everyMemberIsUsed() {
        assertThat(MEMBERS.unreached(ONLY_TESTS.keySet())).isEmpty();
        assertThat(MEMBERS.unreached(Set.of())).containsAll(ONLY_TESTS.keySet());
    }

    private static Set<String> lines(Collection<JavaMember> members) {
        return members.stream().map(KnimeMembers::line).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> list(String name) throws IOException {
        try (InputStream in = StandInsTest.class.getResourceAsStream("/knime-api/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
