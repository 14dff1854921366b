package org.realm4knime.nodes.port;

import java.util.List;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;

/** The names of the credentials that the node can see. */
public final class CredentialsChoices implements StringChoicesProvider {

    @Override
    public List<String> choices(NodeParametersInput context) {
        return KeySource.credentials().stream().sorted().toList();
    }
}
