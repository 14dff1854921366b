package org.realm4knime.nodes.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.NodeParametersInput;
import org.realm4knime.nodes.port.LanguageModelPortObject;
import org.realm4knime.nodes.port.LanguageModelPortObjectSpec;

class FirstTableTest {

    private static final PortType[] PORTS = {
        LanguageModelPortObject.TYPE, BufferedDataTable.TYPE, BufferedDataTable.TYPE
    };
    private static final DataTableSpec PROBLEMS = table("task");
    private static final DataTableSpec ROUTES = table("text");

    private static DataTableSpec table(String column) {
        return new DataTableSpec(new DataColumnSpecCreator(column, StringCell.TYPE).createSpec());
    }

    /** What KNIME gives a dialog: the ports' types, and the specs of those that are connected. */
    private static NodeParametersInput input(PortObjectSpec... specs) {
        return (NodeParametersInput) Proxy.newProxyInstance(
                FirstTableTest.class.getClassLoader(),
                new Class<?>[] {NodeParametersInput.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInPortTypes" -> PORTS;
                    case "getInPortSpec" -> Optional.ofNullable(specs[(int) arguments[0]]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void columnsAreThoseOfTheFirstTablePort() {
        NodeParametersInput all = input(new LanguageModelPortObjectSpec(), PROBLEMS, ROUTES);

        assertThat(FirstTable.spec(all)).contains(PROBLEMS);
        assertThat(new FirstTable.Columns().columnChoices(all))
                .extracting(DataColumnSpec::getName)
                .containsExactly("task");
    }

    @Test
    void anotherPortsTableDoesNotStandInForIt() {
        NodeParametersInput routesOnly = input(new LanguageModelPortObjectSpec(), null, ROUTES);

        assertThat(FirstTable.spec(routesOnly)).isEmpty();
        assertThat(new FirstTable.Columns().columnChoices(routesOnly)).isEmpty();
    }
}
