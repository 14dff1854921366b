package org.knime.node.parameters.widget.choices.util;

import java.util.List;
import java.util.stream.Stream;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.ColumnChoicesProvider;

/** Provides some columns of an input table. */
public interface FilteredInputTableColumnsProvider extends InputTableIndexHolder, ColumnChoicesProvider {

    boolean isIncluded(DataColumnSpec col);

    @Override
    default List<DataColumnSpec> columnChoices(final NodeParametersInput context) {
        return context.getInTableSpec(getInputTableIndex())
                .map(DataTableSpec::stream)
                .orElseGet(Stream::empty)
                .filter(this::isIncluded)
                .toList();
    }
}
