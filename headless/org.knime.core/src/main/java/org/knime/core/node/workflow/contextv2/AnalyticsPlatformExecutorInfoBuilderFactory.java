package org.knime.core.node.workflow.contextv2;

import java.nio.file.Path;
import org.knime.core.node.workflow.contextv2.ExecutorInfoBuilderFactory.ExecutorInfoUIBuilder;

/** Builds the information on an execution on this machine. */
public final class AnalyticsPlatformExecutorInfoBuilderFactory {

    private AnalyticsPlatformExecutorInfoBuilderFactory() {}

    static ExecutorInfoUIBuilder<AnalyticsPlatformExecutorInfoBuilder> create() {
        return new ExecutorInfoUIBuilder<>(AnalyticsPlatformExecutorInfoBuilder::new);
    }

    /** The last stage of the builder. */
    public static final class AnalyticsPlatformExecutorInfoBuilder {

        private final String m_userId;
        private final Path m_workflowPath;
        private Path m_tempFolder = Path.of(System.getProperty("java.io.tmpdir"));

        AnalyticsPlatformExecutorInfoBuilder(final String userId, final Path localWorkflowPath) {
            m_userId = userId;
            m_workflowPath = localWorkflowPath;
        }

        /** The folder for temporary files; by default the system's. */
        public AnalyticsPlatformExecutorInfoBuilder withTempFolder(final Path tempFolder) {
            m_tempFolder = tempFolder;
            return this;
        }

        public AnalyticsPlatformExecutorInfo build() {
            return new AnalyticsPlatformExecutorInfo(m_userId, m_workflowPath, m_tempFolder);
        }
    }
}
