package org.knime.core.node.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.workflow.contextv2.WorkflowContextV2;
import org.knime.core.util.exception.ResourceAccessException;
import org.knime.core.util.pathresolve.ResolverUtil;

class WorkflowManagerTest {

    @TempDir
    private Path m_folder;

    @Test
    void resolvesPathsAgainstTheWorkflowOfTheContext() throws Exception {
        final WorkflowManager workflow = WorkflowManager.ROOT.createAndAddProject(
                "test",
                new WorkflowCreationHelper(WorkflowContextV2.builder()
                        .withAnalyticsPlatformExecutor(
                                e -> e.withCurrentUserAsUserId().withLocalWorkflowPath(m_folder))
                        .withLocalLocation()
                        .build()));
        final URI uri = new URI("knime://knime.workflow/data/train%20set.jsonl");

        NodeContext.pushContext(workflow);
        try {
            assertThat(ResolverUtil.resolveURItoLocalFile(uri))
                    .isEqualTo(m_folder.resolve("data/train set.jsonl").toFile());
            assertThat(ResolverUtil.resolveURItoLocalOrTempFile(new URI("knime://knime.workflow")))
                    .isEqualTo(m_folder.toFile());
        } finally {
            NodeContext.removeLastContext();
            WorkflowManager.ROOT.removeProject(workflow.getID());
        }
        assertThatThrownBy(() -> ResolverUtil.resolveURItoLocalFile(uri))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining("no workflow context");
    }

    @Test
    void resolvesFilesButNothingElse() throws Exception {
        final File file = m_folder.resolve("a b").toFile();

        assertThat(ResolverUtil.resolveURItoLocalFile(file.toURI())).isEqualTo(file);
        assertThatThrownBy(() -> ResolverUtil.resolveURItoLocalFile(new URI("https://example.com/a")))
                .isInstanceOf(ResourceAccessException.class);
        assertThatThrownBy(() -> ResolverUtil.resolveURItoLocalFile(new URI("data/a")))
                .isInstanceOf(ResourceAccessException.class);
    }

    @Test
    void nodeIdsAreOrderedByPath() {
        final NodeID two = new NodeID(2);
        final NodeID ten = new NodeID(10);
        final NodeID child = two.createChild(7);

        assertThat(new TreeSet<>(List.of(ten, child, two, NodeID.ROOTID)))
                .containsExactly(NodeID.ROOTID, two, child, ten);
        assertThat(child).hasToString("2:7").isEqualTo(new NodeID(2).createChild(7));
    }
}
