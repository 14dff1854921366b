package org.knime.node.parameters.widget.choices;

import java.util.List;
import org.knime.core.data.DataColumnSpec;
import org.knime.node.parameters.NodeParametersInput;

/** Provides columns as choices. */
public non-sealed interface ColumnChoicesProvider extends ChoicesStateProvider {

    List<DataColumnSpec> columnChoices(NodeParametersInput context);
}
