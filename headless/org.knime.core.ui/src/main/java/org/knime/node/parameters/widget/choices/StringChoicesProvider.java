package org.knime.node.parameters.widget.choices;

import java.util.List;
import org.knime.node.parameters.NodeParametersInput;

/** Provides texts as choices. */
public non-sealed interface StringChoicesProvider extends ChoicesStateProvider {

    List<String> choices(NodeParametersInput context);
}
