package org.knime.core.node.port;

import java.io.IOException;
import javax.swing.JComponent;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** What flows along a connection between two nodes. */
public interface PortObject {

    /** Writes and reads port objects of one class. */
    abstract class PortObjectSerializer<T extends PortObject> {

        public abstract void savePortObject(T portObject, PortObjectZipOutputStream out, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException;

        public abstract T loadPortObject(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException;
    }

    /** One line about the object. */
    String getSummary();

    /** Never null. */
    PortObjectSpec getSpec();

    /** Swing views of the object; may be null. */
    JComponent[] getViews();
}
