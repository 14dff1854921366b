package org.knime.core.util.pathresolve;

import java.io.File;
import java.net.URI;
import org.knime.core.node.workflow.NodeContext;
import org.knime.core.util.exception.ResourceAccessException;

/** Finds the local file behind {@code file:} and {@code knime://knime.workflow/} URIs. */
public final class ResolverUtil {

    private static final String WORKFLOW_HOST = "knime.workflow";

    private ResolverUtil() {}

    /**
     * The local file for a URI. A path below {@code knime://knime.workflow/} is relative to the folder of the workflow
     * of the current {@link NodeContext}. No remote resource is fetched here.
     *
     * @throws ResourceAccessException if the URI is of another kind, or there is no node context
     */
    public static File resolveURItoLocalOrTempFile(final URI uri) throws ResourceAccessException {
        if ("file".equalsIgnoreCase(uri.getScheme())) {
            try {
                return new File(uri);
            } catch (final IllegalArgumentException e) {
                throw new ResourceAccessException("Cannot resolve \"" + uri + "\" to a file: " + e.getMessage(), e);
            }
        }
        if (!"knime".equalsIgnoreCase(uri.getScheme()) || !WORKFLOW_HOST.equalsIgnoreCase(uri.getHost())) {
            throw new ResourceAccessException("Cannot resolve \"" + uri + "\" to a file: only file: and knime://"
                    + WORKFLOW_HOST + "/ URIs are supported");
        }
        final NodeContext context = NodeContext.getContext();
        if (context == null) {
            throw new ResourceAccessException("Cannot resolve \"" + uri + "\" to a file: there is no workflow context");
        }
        return context.getNodeContainer()
                .place()
                .workflow()
                .resolve(uri.getPath().replaceFirst("^/+", ""))
                .normalize()
                .toFile();
    }
}
