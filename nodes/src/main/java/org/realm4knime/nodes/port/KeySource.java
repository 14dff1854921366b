package org.realm4knime.nodes.port;

import java.util.Collection;
import java.util.List;
import org.knime.core.node.workflow.CredentialsProvider;
import org.knime.core.node.workflow.NativeNodeContainer;
import org.knime.core.node.workflow.NodeContext;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.endpoint.ApiKey;

/**
 * Where the key of a model's server comes from. Workflows and port objects hold this, and never the key: every node
 * that asks the server looks it up while it runs.
 *
 * @param kind from where
 * @param name of the credentials or of the environment variable; empty if there is no key
 */
public record KeySource(Kind kind, String name) {

    /** From where. */
    public enum Kind {
        NONE,
        CREDENTIALS,
        ENVIRONMENT
    }

    /**
     * Looks up the key, for the node that is being configured or executed.
     *
     * @throws EngineException saying where there is none
     */
    public ApiKey key() {
        return switch (kind) {
            case NONE -> ApiKey.none();
            case CREDENTIALS -> ofCredentials();
            case ENVIRONMENT -> ofEnvironment();
        };
    }

    private ApiKey ofCredentials() {
        String password;
        try {
            password = provider().get(name).getPassword();
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    "There are no credentials called '" + name + "' here, which the key of the model's server is to"
                            + " come from. Put a Credentials Configuration before the node that names them, and"
                            + " choose its name in the dialog; or, on the command line, add --credentials '" + name
                            + "=env:VARIABLE'.",
                    e);
        }
        return ApiKey.of(password, "password of the credentials '" + name + "'");
    }

    private ApiKey ofEnvironment() {
        String value = System.getenv(name);
        if (value == null) {
            throw new EngineException("There is no environment variable '" + name
                    + "', which the key of the model's server is to come from. Set it before KNIME or the command"
                    + " starts.");
        }
        return ApiKey.of(value, "environment variable '" + name + "'");
    }

    /** Names of the credentials that the current node can see; none where there is no such node. */
    public static Collection<String> credentials() {
        NodeContext context = NodeContext.getContext();
        return context != null && context.getNodeContainer() instanceof NativeNodeContainer
                ? provider().listNames()
                : List.of();
    }

    private static CredentialsProvider provider() {
        if (NodeContext.getContext().getNodeContainer() instanceof NativeNodeContainer container) {
            return container.getNode().getCredentialsProvider();
        }
        throw new IllegalStateException("Credentials are known only while a node is configured or executed");
    }
}
