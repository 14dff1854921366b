package org.knime.core.node.workflow.contextv2;

import java.nio.file.Path;

/** A workflow that is executed on this machine. */
public class AnalyticsPlatformExecutorInfo extends ExecutorInfo {

    AnalyticsPlatformExecutorInfo(final String userId, final Path workflowPath, final Path tempFolder) {
        super(userId, workflowPath, tempFolder);
    }
}
