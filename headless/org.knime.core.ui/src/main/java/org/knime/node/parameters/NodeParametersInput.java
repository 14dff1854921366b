package org.knime.node.parameters;

import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/**
 * The input of the node at the time its parameters are made or its dialog is shown. Ports are data ports and count from
 * 0; elements of arrays are null where nothing is known.
 */
public interface NodeParametersInput {

    PortType[] getInPortTypes();

    PortObjectSpec[] getInPortSpecs();

    Optional<PortObjectSpec> getInPortSpec(int portIndex);

    /** @throws ClassCastException if there is a port of another type */
    DataTableSpec[] getInTableSpecs();

    Optional<DataTableSpec> getInTableSpec(int portIndex);

    PortObject[] getInPortObjects();

    Optional<PortObject> getInPortObject(int portIndex);

    /** @throws ClassCastException if there is a port of another type */
    BufferedDataTable[] getInTables();

    Optional<BufferedDataTable> getInTable(int portIndex);

    PortType[] getOutPortTypes();
}
