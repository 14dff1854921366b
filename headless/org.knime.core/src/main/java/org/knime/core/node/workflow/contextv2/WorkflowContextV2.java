package org.knime.core.node.workflow.contextv2;

import java.util.Objects;
import java.util.function.Function;
import org.knime.core.node.workflow.contextv2.AnalyticsPlatformExecutorInfoBuilderFactory.AnalyticsPlatformExecutorInfoBuilder;
import org.knime.core.node.workflow.contextv2.ExecutorInfoBuilderFactory.ExecutorInfoUIBuilder;

/** Where a workflow lies and where it is executed; here always on this machine. */
public final class WorkflowContextV2 {

    private final ExecutorInfo m_executorInfo;

    private WorkflowContextV2(final ExecutorInfo executorInfo) {
        m_executorInfo = Objects.requireNonNull(executorInfo, "The executor of a workflow context must be given");
    }

    public static Builder builder() {
        return new Builder();
    }

    public ExecutorInfo getExecutorInfo() {
        return m_executorInfo;
    }

    @Override
    public String toString() {
        return "WorkflowContextV2[" + m_executorInfo.getLocalWorkflowPath() + "]";
    }

    /** Builds a workflow context. */
    public static final class Builder {

        private ExecutorInfo m_executorInfo;

        private Builder() {}

        public Builder withAnalyticsPlatformExecutor(
                final Function<
                                ExecutorInfoUIBuilder<AnalyticsPlatformExecutorInfoBuilder>,
                                AnalyticsPlatformExecutorInfoBuilder>
                        callee) {
            m_executorInfo = callee.apply(AnalyticsPlatformExecutorInfoBuilderFactory.create())
                    .build();
            return this;
        }

        /** The workflow lies where it is executed. */
        public Builder withLocalLocation() {
            return this;
        }

        public WorkflowContextV2 build() {
            return new WorkflowContextV2(m_executorInfo);
        }
    }
}
