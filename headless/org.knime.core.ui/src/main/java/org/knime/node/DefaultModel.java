package org.knime.node;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParameters;

/** What a {@link DefaultNode} does: its parameters, and what it makes of specs and of data. Data ports count from 0. */
public final class DefaultModel {

    final Class<? extends NodeParameters> m_parametersClass; // null for a node without parameters
    final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> m_configure;
    final ExecuteConsumer m_execute;

    private DefaultModel(
            final Class<? extends NodeParameters> parametersClass,
            final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure,
            final ExecuteConsumer execute) {
        m_parametersClass = parametersClass;
        m_configure = configure;
        m_execute = execute;
    }

    static RequireModelParameters create() {
        return parameters -> configure -> execute -> new DefaultModel(parameters, configure, execute);
    }

    /** The stage that requires the parameters. */
    public interface RequireModelParameters {

        RequireConfigureOrRearrangeColumns parametersClass(Class<? extends NodeParameters> parametersClass);

        default RequireConfigureOrRearrangeColumns withoutParameters() {
            return parametersClass(null);
        }
    }

    /** The stage that requires what the node makes of specs. */
    public interface RequireConfigureOrRearrangeColumns {
        RequireExecute configure(ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure);
    }

    /** The stage that requires what the node makes of data. */
    public interface RequireExecute {
        DefaultModel execute(ExecuteConsumer execute);
    }

    /** Configures a node. */
    @FunctionalInterface
    public interface ConfigureOrRearrangerConsumer<I, O> {

        /** @throws InvalidSettingsException if the node cannot be executed with these parameters and this input */
        void accept(I input, O output) throws InvalidSettingsException;
    }

    /** Executes a node. */
    @FunctionalInterface
    public interface ExecuteConsumer {

        /** @throws KNIMEException with a message for users */
        void accept(ExecuteInput input, ExecuteOutput output) throws CanceledExecutionException, KNIMEException;
    }

    /** What a node has got when it is configured. */
    public interface ConfigureInput {

        <S extends NodeParameters> S getParameters();

        <S extends PortObjectSpec> S getInPortSpec(int index);

        DataTableSpec getInTableSpec(int portIndex);
    }

    /** What a node tells when it is configured. */
    public interface ConfigureOutput {

        /** @param spec null if it is not known before execution */
        <S extends PortObjectSpec> void setOutSpec(int index, S spec);

        @SuppressWarnings("unchecked")
        <S extends PortObjectSpec> void setOutSpecs(S... specs);

        void setWarningMessage(String message);
    }

    /** What a node has got when it is executed. */
    public interface ExecuteInput {

        <S extends NodeParameters> S getParameters();

        ExecutionContext getExecutionContext();

        <D extends PortObject> D getInPortObject(int portIndex);

        BufferedDataTable getInTable(int portIndex);
    }

    /** What a node makes when it is executed. */
    public interface ExecuteOutput {

        <D extends PortObject> void setOutData(int index, D data);

        @SuppressWarnings("unchecked")
        <D extends PortObject> void setOutData(D... data);

        /** Keeps objects for the view. */
        @SuppressWarnings("unchecked")
        <D extends PortObject> void setInternalData(D... data);

        void setWarningMessage(String message);
    }
}
