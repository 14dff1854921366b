package org.realm4knime.standin.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.core.node.workflow.NativeNodeContainer;
import org.knime.core.node.workflow.NodeContext;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.parameters.NodeParameters;
import org.realm4knime.standin.Keyring;
import org.realm4knime.standin.NodePlace;
import org.realm4knime.standin.node.PortGroup.Side;

/** A node in a workflow: its ports, parameters, messages and results. Data ports count from 0 on either side. */
public final class DefinedNode {

    private static final Logger LOGGER = Logger.getLogger(DefinedNode.class.getName());

    private final NodeDefinition definition;
    private final List<PortType> inputTypes;
    private final List<PortType> outputTypes;
    private final NativeNodeContainer container;
    private final List<String> messages = new ArrayList<>();
    private final PortObjectSpec[] outputSpecs;
    private NodeParameters parameters; // null until loaded, or made for the first input
    private PortObject[] kept; // null if the node kept nothing for its view

    /**
     * @param definition of the node
     * @param ports as they are now
     * @param workflow folder of the workflow
     * @param number of the node in the workflow
     * @param keyring the credentials that it can see
     */
    public DefinedNode(NodeDefinition definition, NodePorts ports, Path workflow, int number, Keyring keyring) {
        this.definition = definition;
        this.inputTypes = ports.types(Side.INPUT);
        this.outputTypes = ports.types(Side.OUTPUT);
        this.container = new NativeNodeContainer(
                new NodePlace(workflow, number, ports.positions(Side.INPUT), ports.positions(Side.OUTPUT), keyring));
        this.outputSpecs = new PortObjectSpec[outputTypes.size()];
    }

    /**
     * @param settings the parameters as they were saved
     * @throws InvalidSettingsException if they cannot be read or do not pass their own check
     */
    public void load(NodeSettingsRO settings) throws InvalidSettingsException {
        if (definition.parameters().isPresent()) {
            NodeContext.pushContext(container);
            try {
                NodeParameters loaded =
                        ParametersStore.load(definition.parameters().get(), settings);
                loaded.validate();
                parameters = loaded;
            } finally {
                NodeContext.removeLastContext();
            }
        }
    }

    /** @return warnings and errors since configuring began, each once, in their order */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    private void say(String message) {
        if (message != null && !messages.contains(message)) {
            messages.add(message);
        }
    }

    /**
     * @param inputs spec of each data input
     * @return whether the node can be executed; otherwise the messages say why not
     */
    public boolean configure(List<PortObjectSpec> inputs) {
        messages.clear();
        Arrays.fill(outputSpecs, null);
        NodeContext.pushContext(container);
        try {
            checkSpecs(inputs);
            if (parameters == null && definition.parameters().isPresent()) {
                parameters = ParametersStore.create(definition.parameters().get(), new DialogInput(inputTypes, inputs));
                parameters.validate();
            }
            definition.configure().accept(new SpecsInput(inputs), new SpecsOutput());
            return true;
        } catch (InvalidSettingsException e) {
            say(e.getMessage());
        } catch (RuntimeException e) {
            LOGGER.log(Level.SEVERE, "Configuring " + definition.name() + " failed", e);
            say("Configure failed (" + e.getClass().getSimpleName() + "): " + text(e));
        } finally {
            NodeContext.removeLastContext();
        }
        return false;
    }

    private void checkSpecs(List<PortObjectSpec> inputs) throws InvalidSettingsException {
        for (int i = 0; i < inputs.size(); i++) {
            if (!inputTypes.get(i).getPortObjectSpecClass().isInstance(inputs.get(i))) {
                throw new InvalidSettingsException("Input port %d takes %s, but it is connected to %s."
                        .formatted(
                                i + 1,
                                inputTypes.get(i),
                                inputs.get(i).getClass().getSimpleName()));
            }
        }
    }

    /**
     * @param output a data output
     * @return its spec, as far as the last configuring or execution told it
     */
    public Optional<PortObjectSpec> outputSpec(int output) {
        return Optional.ofNullable(outputSpecs[output]);
    }

    /**
     * Executes the configured node in this thread.
     *
     * @param inputs object of each data input
     * @param context progress and file stores
     * @return the object of each data output; nothing if the node failed, which the messages tell, or was cancelled
     */
    public Optional<List<PortObject>> execute(List<PortObject> inputs, ExecutionContext context) {
        kept = null;
        NodeContext.pushContext(container);
        try {
            context.checkCanceled();
            PortObject[] outputs = new PortObject[outputTypes.size()];
            definition.execute().accept(new ObjectsInput(inputs, context), new ObjectsOutput(outputs));
            context.checkCanceled();
            check(outputs);
            return Optional.of(List.of(outputs));
        } catch (CanceledExecutionException e) {
            Thread.interrupted(); // the interrupt was the request to stop
        } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
            failed(e, context);
        } finally {
            NodeContext.removeLastContext();
        }
        return Optional.empty();
    }

    private void check(PortObject[] outputs) {
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] == null) {
                throw new IllegalStateException("The node has set no data at output port " + (i + 1) + ".");
            }
            PortObjectSpec spec = outputs[i].getSpec();
            if (outputSpecs[i] instanceof DataTableSpec announced
                    && spec instanceof DataTableSpec actual
                    && !announced.equalStructure(actual)) {
                LOGGER.severe("%s: the spec of output %d changed between configure (%s) and execute (%s)"
                        .formatted(definition.name(), i + 1, announced, actual));
            }
            outputSpecs[i] = spec;
        }
        List<BufferedDataTable> tables = Arrays.stream(outputs)
                .filter(BufferedDataTable.class::isInstance)
                .map(BufferedDataTable.class::cast)
                .toList();
        if (messages.isEmpty() && !tables.isEmpty() && tables.stream().allMatch(table -> table.size() == 0)) {
            say(tables.size() == 1 ? "The output table has no rows." : "None of the output tables has rows.");
        }
    }

    private void failed(Throwable failure, ExecutionContext context) {
        kept = null;
        try {
            context.checkCanceled();
        } catch (CanceledExecutionException e) { // what failed did so because it was cancelled
            Thread.interrupted();
            return;
        }
        LOGGER.log(Level.SEVERE, "Executing " + definition.name() + " failed", failure);
        say(failure instanceof KNIMEException ? failure.getMessage() : "Execute failed: " + text(failure));
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.length() < 5
                ? "(\"" + failure.getClass().getSimpleName() + "\"): " + message
                : message;
    }

    /** @return what the node has kept for its view, also when it was cancelled; nothing if it kept nothing */
    public List<PortObject> kept() {
        return kept == null ? List.of() : List.of(kept);
    }

    /** @return what the node's view starts with, as {@link ViewData} writes it; nothing if the node has no view */
    public Optional<String> viewData() {
        return definition.view().map(view -> {
            NodeContext.pushContext(container);
            try {
                return ViewData.json(() -> view.initialData().apply(() -> kept));
            } finally {
                NodeContext.removeLastContext();
            }
        });
    }

    @SuppressWarnings("unchecked") // a node asks for the class of parameters that it declares
    private <S extends NodeParameters> S declaredParameters() {
        return (S) parameters;
    }

    private final class SpecsInput implements ConfigureInput {

        private final List<PortObjectSpec> specs;

        SpecsInput(List<PortObjectSpec> specs) {
            this.specs = specs;
        }

        @Override
        public <S extends NodeParameters> S getParameters() {
            return declaredParameters();
        }

        @Override
        @SuppressWarnings("unchecked") // the type of the port says which class it is
        public <S extends PortObjectSpec> S getInPortSpec(int index) {
            return (S) specs.get(index);
        }

        @Override
        public DataTableSpec getInTableSpec(int portIndex) {
            return (DataTableSpec) specs.get(portIndex);
        }
    }

    private final class SpecsOutput implements ConfigureOutput {

        @Override
        public <S extends PortObjectSpec> void setOutSpec(int index, S spec) {
            outputSpecs[index] = spec;
        }

        @Override
        @SafeVarargs
        public final <S extends PortObjectSpec> void setOutSpecs(S... specs) {
            System.arraycopy(specs, 0, outputSpecs, 0, specs.length);
        }

        @Override
        public void setWarningMessage(String message) {
            say(message);
        }
    }

    private final class ObjectsInput implements ExecuteInput {

        private final List<PortObject> objects;
        private final ExecutionContext context;

        ObjectsInput(List<PortObject> objects, ExecutionContext context) {
            this.objects = objects;
            this.context = context;
        }

        @Override
        public <S extends NodeParameters> S getParameters() {
            return declaredParameters();
        }

        @Override
        public ExecutionContext getExecutionContext() {
            return context;
        }

        @Override
        @SuppressWarnings("unchecked") // the type of the port says which class it is
        public <D extends PortObject> D getInPortObject(int portIndex) {
            return (D) objects.get(portIndex);
        }

        @Override
        public BufferedDataTable getInTable(int portIndex) {
            return (BufferedDataTable) objects.get(portIndex);
        }
    }

    private final class ObjectsOutput implements ExecuteOutput {

        private final PortObject[] outputs;

        ObjectsOutput(PortObject[] outputs) {
            this.outputs = outputs;
        }

        @Override
        public <D extends PortObject> void setOutData(int index, D data) {
            outputs[index] = data;
        }

        @Override
        @SafeVarargs
        public final <D extends PortObject> void setOutData(D... data) {
            System.arraycopy(data, 0, outputs, 0, data.length);
        }

        @Override
        @SafeVarargs
        public final <D extends PortObject> void setInternalData(D... data) {
            kept = data;
        }

        @Override
        public void setWarningMessage(String message) {
            say(message);
        }
    }
}
