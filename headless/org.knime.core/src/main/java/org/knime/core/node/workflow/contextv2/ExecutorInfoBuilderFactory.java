package org.knime.core.node.workflow.contextv2;

import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The first stages of the builders of execution information. */
public abstract class ExecutorInfoBuilderFactory<B> {

    ExecutorInfoBuilderFactory() {}

    /** The stage that requires the user. */
    public static final class ExecutorInfoUIBuilder<B> {

        private final BiFunction<String, Path, B> m_continuation;

        ExecutorInfoUIBuilder(final BiFunction<String, Path, B> continuation) {
            m_continuation = continuation;
        }

        public ExecutorInfoWPBuilder<B> withCurrentUserAsUserId() {
            return withUserId(System.getProperty("user.name"));
        }

        public ExecutorInfoWPBuilder<B> withUserId(final String userId) {
            return new ExecutorInfoWPBuilder<>(path -> m_continuation.apply(userId, path));
        }
    }

    /** The stage that requires the folder of the workflow. */
    public static final class ExecutorInfoWPBuilder<B> {

        private final Function<Path, B> m_continuation;

        ExecutorInfoWPBuilder(final Function<Path, B> continuation) {
            m_continuation = continuation;
        }

        public B withLocalWorkflowPath(final Path localWorkflowPath) {
            return m_continuation.apply(localWorkflowPath);
        }
    }
}
