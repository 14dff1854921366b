package org.knime.node.parameters.updates;

import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;

/** Computes something that a dialog shows. Only dialogs call it, and there are none here; tests do. */
public interface StateProvider<S> {

    /** Says when to compute, and from what. */
    interface StateProviderInitializer {

        /** Computes again whenever the parameter changes; gives its value. */
        <T> Supplier<T> computeFromValueSupplier(Class<? extends ParameterReference<T>> ref);

        /** Computes once the dialog is open, so that it need not wait. */
        void computeAfterOpenDialog();
    }

    void init(StateProviderInitializer initializer);

    S computeState(NodeParametersInput parametersInput);
}
