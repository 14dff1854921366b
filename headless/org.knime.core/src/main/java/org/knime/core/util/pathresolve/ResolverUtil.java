package org.knime.core.util.pathresolve;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import org.knime.core.node.workflow.NodeContext;
import org.knime.core.node.workflow.WorkflowManager;
import org.knime.core.node.workflow.contextv2.WorkflowContextV2;
import org.knime.core.util.exception.ResourceAccessException;

/** Finds the local file behind {@code file:} and {@code knime://knime.workflow/} URIs. */
public final class ResolverUtil {

    private static final String WORKFLOW_HOST = "knime.workflow";

    private ResolverUtil() {}

    /**
     * The local file for a URI. A path below {@code knime://knime.workflow/} is relative to the folder of the workflow
     * of the current {@link NodeContext}.
     *
     * @throws ResourceAccessException if the URI is of another kind, or there is no node context
     */
    public static File resolveURItoLocalFile(final URI uri) throws ResourceAccessException {
        if (uri == null || uri.getScheme() == null) {
            throw new ResourceAccessException("Cannot resolve \"" + uri + "\" to a file: it has no scheme");
        }
        if ("file".equalsIgnoreCase(uri.getScheme())) {
            try {
                return new File(uri);
            } catch (final IllegalArgumentException e) {
                throw new ResourceAccessException("Cannot resolve \"" + uri + "\" to a file: " + e.getMessage(), e);
            }
        }
        if (!isWorkflowRelativeURL(uri)) {
            throw new ResourceAccessException("Cannot resolve \"" + uri + "\" to a file: only file: and knime://"
                    + WORKFLOW_HOST + "/ URIs are supported");
        }
        final String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/+", "");
        return workflowFolder(uri).resolve(path).normalize().toFile();
    }

    private static Path workflowFolder(final URI uri) throws ResourceAccessException {
        final NodeContext context = NodeContext.getContext();
        final WorkflowManager workflow = context == null ? null : context.getWorkflowManager();
        final WorkflowContextV2 workflowContext = workflow == null ? null : workflow.getContextV2();
        if (workflowContext == null) {
            throw new ResourceAccessException("Cannot resolve \"" + uri + "\" to a file: there is no workflow context");
        }
        return workflowContext.getExecutorInfo().getLocalWorkflowPath();
    }

    /** Same as {@link #resolveURItoLocalFile}: no remote resources are fetched here. */
    public static File resolveURItoLocalOrTempFile(final URI uri) throws ResourceAccessException {
        return resolveURItoLocalFile(uri);
    }

    /** True for {@code knime://knime.workflow/...}. */
    public static boolean isWorkflowRelativeURL(final URI uri) throws ResourceAccessException {
        if (uri == null || uri.getScheme() == null) {
            throw new ResourceAccessException("\"" + uri + "\" has no scheme");
        }
        return "knime".equalsIgnoreCase(uri.getScheme()) && WORKFLOW_HOST.equalsIgnoreCase(uri.getHost());
    }
}
