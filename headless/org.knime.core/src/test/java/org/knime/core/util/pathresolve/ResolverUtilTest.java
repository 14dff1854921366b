package org.knime.core.util.pathresolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.workflow.NativeNodeContainer;
import org.knime.core.node.workflow.NodeContext;
import org.knime.core.util.exception.ResourceAccessException;
import org.realm4knime.standin.NodePlace;

class ResolverUtilTest {

    @TempDir
    private Path m_folder;

    @Test
    void resolvesPathsAgainstTheWorkflowOfTheContext() throws Exception {
        final URI uri = new URI("knime://knime.workflow/data/train%20set.jsonl");

        NodeContext.pushContext(new NativeNodeContainer(new NodePlace(m_folder, 1, Map.of(), Map.of())));
        try {
            assertThat(ResolverUtil.resolveURItoLocalOrTempFile(uri))
                    .isEqualTo(m_folder.resolve("data/train set.jsonl").toFile());
            assertThat(ResolverUtil.resolveURItoLocalOrTempFile(new URI("knime://knime.workflow")))
                    .isEqualTo(m_folder.toFile());
        } finally {
            NodeContext.removeLastContext();
        }
        assertThatThrownBy(() -> ResolverUtil.resolveURItoLocalOrTempFile(uri))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining("no workflow context");
    }

    @Test
    void resolvesFilesButNothingElse() throws Exception {
        final File file = m_folder.resolve("a b").toFile();

        assertThat(ResolverUtil.resolveURItoLocalOrTempFile(file.toURI())).isEqualTo(file);
        assertThatThrownBy(() -> ResolverUtil.resolveURItoLocalOrTempFile(new URI("https://example.com/a")))
                .isInstanceOf(ResourceAccessException.class);
        assertThatThrownBy(() -> ResolverUtil.resolveURItoLocalOrTempFile(new URI("data/a")))
                .isInstanceOf(ResourceAccessException.class);
    }
}
