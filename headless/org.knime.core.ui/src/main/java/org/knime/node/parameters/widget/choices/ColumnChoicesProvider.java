package org.knime.node.parameters.widget.choices;

import java.util.List;
import org.knime.core.data.DataColumnSpec;
import org.knime.node.parameters.NodeParametersInput;

/** Provides columns as choices; a subclass overrides {@link #columnChoices} or {@link #computeState}. */
public interface ColumnChoicesProvider extends TypedStringChoicesProvider {

    default List<DataColumnSpec> columnChoices(final NodeParametersInput context) {
        throw new IllegalStateException(getClass() + " must override columnChoices or computeState");
    }

    @Override
    default List<TypedStringChoice> computeState(final NodeParametersInput context) {
        return columnChoices(context).stream()
                .map(TypedStringChoice::fromColSpec)
                .toList();
    }
}
